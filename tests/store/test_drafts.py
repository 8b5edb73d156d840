"""Every editor has one draft of an entry; who did not see its last version changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import DraftChanged
from bot.core.revision import Stage
from bot.store.store import SqlStore
from tests.store.newsroom import FACT, FLU, FLU_AR, FULL_DRAFT, NUMBER, TOMORROW, a_draft, keep


async def test_a_draft_comes_back_as_it_was_kept(store: SqlStore) -> None:
    await keep(store, FULL_DRAFT)
    assert await store.draft(FLU_AR, "fatma") == FULL_DRAFT
    assert await store.draft(FLU, "fatma") is None
    assert await store.draft(FLU_AR, "jan") is None


async def test_the_next_save_takes_the_place_of_the_one_before(store: SqlStore) -> None:
    await keep(store, a_draft())
    second = replace(FULL_DRAFT, ref=FLU, version=2, stage=Stage.IN_REVIEW, saved_at=TOMORROW)
    await keep(store, second)
    assert await store.drafts() == [second]


async def test_a_draft_may_want_its_entry_removed(store: SqlStore) -> None:
    await keep(store, a_draft(body=None))
    found = await store.draft(FLU, "fatma")
    assert found
    assert found.body is None


@pytest.mark.parametrize("seen", [0, 1, 3])
async def test_who_saw_another_version_is_told_and_changes_nothing(store: SqlStore, seen: int) -> None:
    await keep(store, a_draft())
    kept = await keep(store, a_draft(text="twee", version=2))
    with pytest.raises(DraftChanged):
        await keep(store, a_draft(text="oud venster", version=seen + 1))
    assert await store.draft(FLU, "fatma") == kept


async def test_a_draft_that_was_thrown_away_elsewhere_does_not_come_back(store: SqlStore) -> None:
    await keep(store, a_draft())
    async with store.unit() as unit:
        await unit.drop_draft(FLU, "fatma")
        await unit.drop_draft(FLU, "fatma")
    with pytest.raises(DraftChanged):
        await keep(store, a_draft(version=2))
    assert await store.drafts() == []


async def test_a_version_that_does_not_come_next_is_a_mistake_of_the_program(store: SqlStore) -> None:
    async with store.unit() as unit:
        with pytest.raises(ValueError):
            await unit.keep_draft(a_draft(version=3), seen=1)


async def test_drafts_come_newest_first_of_one_entry_or_of_all(store: SqlStore) -> None:
    old = await keep(store, a_draft("jan"))
    new = await keep(store, a_draft("fatma", saved_at=TOMORROW))
    number = await keep(store, a_draft("aad", NUMBER, body=FACT))
    assert await store.drafts(FLU) == [new, old]
    assert await store.drafts() == [new, number, old]
    async with store.unit() as unit:
        await unit.drop_draft(FLU, "fatma")
    assert await store.drafts(FLU) == [old], "a colleague's stays"


async def test_a_draft_is_not_kept_when_its_unit_fails(store: SqlStore) -> None:
    async def fails() -> None:
        async with store.unit() as unit:
            await unit.keep_draft(a_draft(), 0)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await store.drafts() == []
