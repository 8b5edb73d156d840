"""Questions without an answer are sealed and nobody's, and leave after 30 days; what was read with people stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.asked import Asked, Filed
from bot.core.revision import Reading
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.tables import metadata
from bot.store.vault import Vault
from tests.store.newsroom import TOMORROW
from tests.store.residents import DAY, KEY, NOON

MORNING = NOON.replace(hour=0)


async def ask(store: SqlStore, *texts: str, at: datetime = NOON) -> None:
    async with store.unit() as unit:
        for one in texts:
            await unit.keep_asked(one, "tr", ("flu_jab", "hpv"), at)


async def texts(store: SqlStore, state: Filed | None = Filed.OPEN, **more: int) -> list[str]:
    return [one.text for one in await store.asked(state, **more)]


def raw_files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


async def test_a_question_comes_back_without_the_hour_it_was_asked(store: SqlStore) -> None:
    await ask(store, "çocuğum üşüdü", at=NOON + timedelta(minutes=7, microseconds=9))
    [found] = await store.asked()
    assert found == Asked(found.id, "çocuğum üşüdü", "tr", ("flu_jab", "hpv"), MORNING)
    async with store.unit() as unit:
        await unit.keep_asked("", "nl", (), datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=2))))
    assert (await store.asked())[0] == Asked(found.id + 1, "", "nl", (), MORNING.astimezone(UTC))


async def test_questions_come_newest_first_and_no_more_than_wanted(store: SqlStore) -> None:
    await ask(store, "een", "twee")
    await ask(store, "drie", at=TOMORROW)
    assert await texts(store) == ["drie", "twee", "een"]
    assert await texts(store, limit=2) == ["drie", "twee"]


async def test_a_question_is_dealt_with_once(store: SqlStore) -> None:
    await ask(store, "een", "twee", "drie")
    three, two, one = [asked.id for asked in await store.asked()]
    async with store.unit() as unit:
        assert await unit.file_asked([one, two], Filed.FILED, "flu_jab") == 2
        assert await unit.file_asked([two, three, 999], Filed.DISCARDED) == 1
        assert await unit.file_asked([], Filed.DISCARDED) == 0
    assert await texts(store) == []
    assert await texts(store, Filed.FILED) == ["twee", "een"]
    assert [(asked.state, asked.topic) for asked in await store.asked(None)] == [
        (Filed.DISCARDED, ""), (Filed.FILED, "flu_jab"), (Filed.FILED, "flu_jab"),
    ]  # fmt: skip


@pytest.mark.parametrize("keep", [DAY, 30 * DAY, 90 * DAY])
async def test_a_question_leaves_after_thirty_days_whatever_else_is_kept(store: SqlStore, rows, keep) -> None:
    await ask(store, "een", "twee")
    async with store.unit() as unit:
        await unit.file_asked([(await store.asked())[0].id], Filed.FILED, "hpv")
    await store.clean_up(NOON + 29 * DAY, keep)
    assert await rows("asked") == 2
    assert await store.clean_up(NOON + 30 * DAY, keep) == 2
    assert await rows("asked") == 0


async def test_a_question_is_unreadable_in_the_database_and_belongs_to_nobody(
    store: SqlStore, engine: AsyncEngine
) -> None:
    await ask(store, "mijn buurman is ziek")
    async with engine.connect() as connection:
        [row] = await connection.execute(text("SELECT * FROM asked"))
    assert not [value for value in row if "buurman" in str(value)]
    assert not metadata.tables["asked"].foreign_keys
    assert {column.name for column in metadata.tables["asked"].columns} == {
        "id", "text_sealed", "language", "offered", "at", "state", "topic",
    }  # fmt: skip


async def test_a_question_is_unreadable_in_the_raw_file(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    await migrate(engine)
    store = SqlStore(engine, Vault((KEY,)))
    await ask(store, "mijn buurman is ziek")
    running = raw_files(tmp_path)
    await store.close()
    for raw in (*running, *raw_files(tmp_path)):
        assert b"buurman" not in raw
    assert any(b"flu_jab" in raw for raw in running), "what is not secret is found this way"


async def test_what_was_read_with_people_comes_newest_first_and_stays(store: SqlStore) -> None:
    old = Reading("utter_hpv", "ar", "moeders", understood=True, word="", worker="piet", at=NOON)
    new = Reading("utter_flu_jab", "tr", "vrouwen, 60+", understood=False, word="prik", worker="piet", at=TOMORROW)
    async with store.unit() as unit:
        await unit.keep_reading(new)
        await unit.keep_reading(old)
    await store.clean_up(NOON + 900 * DAY, 30 * DAY)
    found = await store.readings()
    assert [(one.key, one.group, one.understood, one.word) for one in found] == [
        ("utter_flu_jab", "vrouwen, 60+", False, "prik"), ("utter_hpv", "moeders", True, ""),
    ]  # fmt: skip
    assert all(one.id for one in found)
    assert [(one.key, one.language, one.worker, one.at) for one in await store.readings("utter_hpv")] == [
        ("utter_hpv", "ar", "piet", NOON)
    ]
    assert await store.readings("utter_none") == []
