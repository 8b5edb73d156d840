"""Models taught at the desk come back as they were kept, and one at most is live."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.core.taught import ModelState
from bot.store.store import SqlStore
from tests.store.newsroom import COMPARED, TOMORROW, Again, a_model, a_revision, published
from tests.store.residents import DAY, NOON

MANY = 10


async def test_a_model_comes_back_and_a_changed_one_takes_its_place(store: SqlStore) -> None:
    first = a_model(state=ModelState.TRAINING, progress=0.25, step="Reading the examples.")
    async with store.unit() as unit:
        await unit.keep_model(first)
    assert await store.model("m1") == first
    done = replace(first, state=ModelState.REFUSED, revision=7, progress=1.0, why="Zie onder.", comparison=COMPARED)
    async with store.unit() as unit:
        await unit.keep_model(done)
    assert await store.models() == [done]
    assert await store.model("other") is None


async def test_models_come_newest_first(store: SqlStore) -> None:
    old, new = a_model("old"), replace(a_model("new"), at=TOMORROW)
    async with store.unit() as unit:
        await unit.keep_model(new)
        await unit.keep_model(old)
    assert await store.models() == [new, old]


async def test_a_promoted_model_makes_the_one_before_past_and_one_goes_back_the_same_way(store: SqlStore) -> None:
    for promoted in ("m1", "m2", "m1", "m1"):
        async with store.unit() as unit:
            await unit.keep_model(a_model(promoted, ModelState.LIVE))
    states = {model.id: model.state for model in await store.models()}
    assert states == {"m1": ModelState.LIVE, "m2": ModelState.PAST}
    async with store.unit() as unit:
        await unit.keep_model(a_model("m1", ModelState.PAST))
    assert await store.marks() == (0, ""), "back to the model of the files"


async def test_ten_who_promote_at_once_leave_one_live(again: Again) -> None:
    start = asyncio.Barrier(MANY)

    async def promotes(store: SqlStore, model_id: str) -> None:
        async with store.unit() as unit:
            await unit.models()
            await start.wait()
            await unit.keep_model(a_model(model_id, ModelState.LIVE))

    await asyncio.gather(*(promotes(again(), f"m{number}") for number in range(MANY)))
    states = [model.state for model in await again().models()]
    assert sorted(states) == [ModelState.LIVE, *[ModelState.PAST] * (MANY - 1)]


async def test_models_drafts_and_revisions_are_never_cleaned_up(store: SqlStore, rows) -> None:
    await published(store, a_revision())
    async with store.unit() as unit:
        await unit.keep_model(a_model(state=ModelState.FAILED))
    await store.clean_up(NOON + 9000 * DAY, 30 * DAY)
    assert (await rows("models"), await rows("revisions")) == (1, 1)
