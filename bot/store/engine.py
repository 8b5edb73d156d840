"""Opening the database: SQLite (one file, WAL) or PostgreSQL, brought up to date by Alembic."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.core.errors import StoreBusy, StoreUnusable

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BUSY_SECONDS: Final = 5.0
_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def open_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite:///path` or `postgresql://…`; nothing is opened until it is used.

    Raises StoreUnusable for another kind of database.
    """
    parsed = make_url(url)
    driver = _DRIVERS.get(parsed.drivername.partition("+")[0])
    if driver is None:
        raise StoreUnusable(
            f"DATABASE_URL must begin with sqlite:// or postgresql://, not {parsed.drivername}://."
        )
    if driver.startswith("sqlite"):
        engine = create_async_engine(parsed.set(drivername=driver), connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine
    return create_async_engine(parsed.set(drivername=driver), pool_pre_ping=True)


async def migrate(engine: AsyncEngine) -> None:
    """Brings the tables up to date. Raises StoreUnusable when the database cannot be opened or written."""
    with translated():
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnusable(
            "The database was made by a newer version of Buurtvraag. Update the program, or take another DATABASE_URL."
        ) from error


def _set_pragmas(connection: Any, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see _begin_immediate
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={int(_BUSY_SECONDS * 1000)}",
    ):
        try:
            cursor.execute(f"PRAGMA {pragma}")
        except (sqlite3.OperationalError, DBAPIError):
            continue  # a read-only file cannot be switched to WAL: the first write says so
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: two never wait for each other."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database in the words of this project."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise _translate(error) from error
    except (OSError, asyncio.TimeoutError) as error:
        raise StoreBusy(f"The database cannot be reached now ({type(error).__name__}).") from error


def _translate(error: DBAPIError) -> StoreBusy | StoreUnusable:
    told = str(error.orig).lower()
    if "readonly" in told or "read-only" in told:
        return StoreUnusable(
            "The database is read-only. Give this user the right to write to its file and folder."
        )
    if "unable to open" in told:
        return StoreUnusable(
            "The database cannot be opened. Does its folder exist, and may this user write there?"
        )
    if "not a database" in told or "malformed" in told:
        return StoreUnusable("The file that DATABASE_URL names is no SQLite database, or it is damaged.")
    return StoreBusy("The database is busy or away. It will be tried again.")
