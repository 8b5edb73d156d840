"""Opening the database: SQLite (one file, WAL) or PostgreSQL, brought up to date by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.core.errors import StoreUnusable
from bot.store.faults import translated

MIGRATIONS: Final = Path(__file__).parent / "migrations"
BUSY_SECONDS: Final = 5.0
_COMMAND_SECONDS: Final = 30.0
_MIGRATION_LOCK: Final = 0x6275757274  # any number of our own; "buurt"


def open_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> AsyncEngine:
    """An engine for `sqlite:///path` or `postgresql://…`; nothing is opened until it is used.

    After `busy_seconds` of waiting for another process it gives up with StoreBusy.
    Raises StoreUnusable for another kind of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnusable("DATABASE_URL is not the address of a database.") from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        return _open_sqlite(parsed, busy_seconds)
    if kind in {"postgresql", "postgres"}:
        return create_async_engine(
            parsed.set(drivername="postgresql+asyncpg"),
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": busy_seconds, "command_timeout": _COMMAND_SECONDS},
        )
    raise StoreUnusable(f"DATABASE_URL must begin with sqlite:// or postgresql://, not {parsed.drivername}://.")


async def migrate(engine: AsyncEngine) -> None:
    """Brings the tables up to date. Raises StoreUnusable when the database cannot be opened or written."""
    with translated():
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for our migrations, to run on this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _open_sqlite(url: URL, busy_seconds: float) -> AsyncEngine:
    if not url.database or ":memory:" in url.database:
        raise StoreUnusable("DATABASE_URL must name a file, as in sqlite:////home/me/buurtvraag.db.")
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        # The driver begins by itself, before the first statement that writes, and takes the lock at once:
        # two writers never wait for each other, and reading locks nothing.
        connect_args={"timeout": busy_seconds, "isolation_level": "IMMEDIATE"},
        hide_parameters=True,
        max_overflow=0,
        pool_reset_on_return=None,  # every transaction here is ended by who began it
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _: object) -> None:
    # secure_delete: what is wiped is written over, not left lying in the file.
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON", "journal_mode=WAL"):
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA {pragma}")
        except connection.dbapi.OperationalError:
            continue  # a read-only file cannot be switched to WAL: the first write says so
        except connection.dbapi.Error:
            connection.close()  # or its thread lives on
            raise
        cursor.close()


def _upgrade(connection: Connection) -> None:
    # Two processes that start together migrate one after the other.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("PRAGMA user_version = 1")  # a write, so that a read-only file is told now
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise StoreUnusable(
            "The database was made by a newer version of Buurtvraag. Update the program, or take another DATABASE_URL."
        ) from error
