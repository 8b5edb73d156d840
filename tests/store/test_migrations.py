"""Migrations make the tables of tables.py, no more and no less, on both databases."""

from __future__ import annotations

import asyncio

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import alembic_config, migrate, open_engine
from bot.store.store import SqlStore
from bot.store.tables import metadata
from tests.store.neighbourhood import PIET, SAMIRA, settle
from tests.store.residents import message, received


async def differences(engine: AsyncEngine) -> list[object]:
    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with engine.connect() as connection:
        return await connection.run_sync(compare)


async def tables(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_the_migrations_make_exactly_our_tables(engine: AsyncEngine) -> None:
    assert await differences(engine) == []
    assert await tables(engine) == {*metadata.tables, "alembic_version"}


async def test_names_of_constraints_are_those_of_tables_py(engine: AsyncEngine) -> None:
    def names(connection: Connection) -> set[str]:
        seen = inspect(connection)
        found: set[str] = set()
        for table in metadata.tables:
            found |= {str(key["name"]) for key in seen.get_foreign_keys(table)}
            found |= {str(one["name"]) for one in seen.get_unique_constraints(table)}
        return found

    async with engine.connect() as connection:
        made = await connection.run_sync(names)
    ours = {str(one.name) for table in metadata.tables.values() for one in table.constraints}
    assert made == {name for name in ours if not name.startswith("pk_")}  # SQLite forgets those names


async def test_down_and_up_again_is_the_same(engine: AsyncEngine, store: SqlStore, rows) -> None:
    await received(store, message())

    def down(connection: Connection) -> None:
        command.downgrade(alembic_config(connection), "base")

    async with engine.begin() as connection:
        await connection.run_sync(down)
    assert await tables(engine) == {"alembic_version"}
    await migrate(engine)
    assert await differences(engine) == []
    assert await rows("residents") == 0


async def test_what_was_kept_before_content_had_tables_is_kept_after(engine: AsyncEngine, store: SqlStore) -> None:
    await settle(store)

    def down(connection: Connection) -> None:
        command.downgrade(alembic_config(connection), "0002")

    async with engine.begin() as connection:
        await connection.run_sync(down)
    await migrate(engine)
    assert await differences(engine) == []
    assert await store.workers() == [PIET, SAMIRA]


async def test_migrating_again_changes_nothing(engine: AsyncEngine, store: SqlStore, rows) -> None:
    await received(store, message())
    await migrate(engine)
    assert await rows("inbox") == 1


async def test_processes_that_start_together_do_not_disturb_each_other(url: str) -> None:
    engines = [open_engine(url) for _ in range(4)]
    await asyncio.gather(*(migrate(engine) for engine in engines))
    assert await differences(engines[0]) == []
    for engine in engines:
        await engine.dispose()
