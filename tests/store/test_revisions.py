"""What is published comes after what it was made from, stays for ever, and is seen at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

import bot.store
from bot.core.errors import EntryChanged
from bot.core.revision import Change, Revision
from bot.core.taught import ModelState
from bot.store.content_records import revision_values
from bot.store.store import SqlStore
from bot.store.tables import revisions
from tests.store.newsroom import (
    FACT,
    FLU,
    FLU_AR,
    NUMBER,
    OVERRIDES,
    TOMORROW,
    Again,
    a_model,
    a_revision,
    published,
)


async def test_a_revision_comes_back_as_it_was_published_with_its_id(store: SqlStore) -> None:
    full = a_revision(why="de prijs klopt niet", change=Change.SAFETY, print="0123456789abcdef", overrides=OVERRIDES)
    [kept] = await published(store, full)
    assert kept.id > 0
    assert kept == Revision(**{name: getattr(full, name) for name in full.__slots__} | {"id": kept.id})
    assert await store.revision(kept.id) == kept
    assert await store.revision(kept.id + 1) is None


async def test_ids_count_up_over_all_entries_and_history_is_newest_first(store: SqlStore) -> None:
    [one] = await published(store, a_revision())
    [number] = await published(store, a_revision(NUMBER, body=FACT))
    [two] = await published(store, a_revision(base=one.id, at=TOMORROW))
    assert one.id < number.id < two.id
    assert await store.revisions(FLU) == [two, one]
    assert await store.revisions(FLU_AR) == []


async def test_what_is_served_is_the_newest_of_every_entry_removals_included(store: SqlStore) -> None:
    [one] = await published(store, a_revision())
    [number] = await published(store, a_revision(NUMBER, body=FACT))
    [gone] = await published(store, a_revision(base=one.id, body=None))
    assert await store.published() == [number, gone]


@pytest.mark.parametrize("base", ["nothing", "an older one", "one of another entry", "one that never was"])
async def test_what_was_made_from_another_version_is_refused(store: SqlStore, base: str) -> None:
    [one] = await published(store, a_revision())
    [two] = await published(store, a_revision(base=one.id))
    [number] = await published(store, a_revision(NUMBER, body=FACT))
    bases = {"nothing": 0, "an older one": one.id, "one of another entry": number.id, "one that never was": 999}
    with pytest.raises(EntryChanged):
        await published(store, a_revision(base=bases[base]))
    assert await store.revisions(FLU) == [two, one]


async def test_the_first_revision_comes_after_the_file(store: SqlStore) -> None:
    with pytest.raises(EntryChanged):
        await published(store, a_revision(base=1))
    assert await store.published() == []


async def test_the_database_itself_holds_that_one_comes_after_the_other(store: SqlStore, engine: AsyncEngine) -> None:
    await published(store, a_revision())

    async def beside_us() -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(revisions).values(revision_values(a_revision())))

    with pytest.raises(IntegrityError):
        await beside_us()


async def test_changes_of_dutch_answers_come_oldest_first(store: SqlStore) -> None:
    [one] = await published(store, a_revision(change=Change.WORDING))
    await published(store, a_revision(FLU_AR), a_revision(NUMBER, body=FACT))
    [two] = await published(store, a_revision(base=one.id, change=Change.MEANING))
    assert await store.source_changes() == [one, two]


async def test_the_marks_move_with_every_publishing_and_every_other_live_model(store: SqlStore) -> None:
    assert await store.marks() == (0, "")
    [kept] = await published(store, a_revision())
    async with store.unit() as unit:
        await unit.keep_model(a_model("m1", ModelState.LIVE))
        await unit.keep_model(a_model("m2"))
    assert await store.marks() == (kept.id, "m1")
    async with store.unit() as unit:
        await unit.keep_model(a_model("m2", ModelState.LIVE))
    assert await store.marks() == (kept.id, "m2")


async def test_whoever_saw_the_newest_mark_missed_no_lower_one(again: Again) -> None:
    slow, quick, watching = again(), again(), again()
    in_the_midst = asyncio.Event()

    async def publishes_slowly() -> None:
        async with slow.unit() as unit:
            await unit.publish(a_revision())
            in_the_midst.set()
            # Long enough for the other, were it not held up; the store has nothing to wait on.
            await asyncio.wait({quick_one}, timeout=0.3)

    async def publishes_quickly() -> None:
        await in_the_midst.wait()
        await published(quick, a_revision(FLU_AR))
        newest, _ = await watching.marks()
        assert [revision.ref for revision in await watching.published()] == [FLU, FLU_AR]
        assert newest == max(revision.id for revision in await watching.published())

    quick_one = asyncio.create_task(publishes_quickly())
    await publishes_slowly()
    await quick_one


def test_no_statement_changes_or_erases_a_revision() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(bot.store.__file__).parent.glob("*.py"))
    assert "insert(revisions" in source
    for forbidden in ("update(revisions", "delete(revisions", "revisions.update", "revisions.delete"):
        assert forbidden not in source
