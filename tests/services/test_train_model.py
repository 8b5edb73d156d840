"""However a training ends, its row tells: also when the database, or the program, goes away just then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.core.errors import EditError, StoreBusy
from bot.core.taught import BY_CLOCK, Model, ModelState
from bot.services.ports import Unit
from bot.services.teaching.train_model import RUNNING, STOPPED, TrainModel
from bot.store.store import SqlStore
from tests.services.school import BASE, EDITOR, School


class AwayNow:
    """The school's database, which can be away for writing, or slow."""

    def __init__(self, store: SqlStore) -> None:
        self._store, self.away, self.slow, self.asked = store, False, False, asyncio.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        self.asked.set()
        if self.away:
            raise StoreBusy("The database is busy or away.")
        async with self._store.unit() as unit:
            if self.slow:
                await asyncio.Event().wait()
            yield unit


@pytest.fixture
def store(school: School) -> AwayNow:
    return AwayNow(school.store)


@pytest.fixture
def training(school: School, store: AwayNow) -> TrainModel:
    newsroom = replace(school.newsroom, store=store)  # type: ignore[arg-type]
    return TrainModel(newsroom, school.swapping, school.teacher, BASE)


@pytest.fixture
def elsewhere(school: School) -> TrainModel:
    """The same, in another process."""
    return TrainModel(school.newsroom, school.swapping, school.teacher, BASE)


async def row_of(school: School, model: Model) -> Model:
    row = await school.store.model(model.id)
    assert row is not None
    return row


async def half_way(school: School, training: TrainModel) -> Model:
    """A training that runs."""
    model = await training(EDITOR)
    await school.teacher.told.wait()
    return model


async def test_how_a_training_ended_is_kept_as_soon_as_the_database_is_back(
    school: School, store: AwayNow, training: TrainModel
) -> None:
    model = await half_way(school, training)
    store.away = True
    store.asked.clear()
    school.teacher.go.set()
    await store.asked.wait()
    await training.recover()
    assert (await row_of(school, model)).state is ModelState.TRAINING
    store.away = False
    await training.recover()
    assert (await row_of(school, model)).state is ModelState.READY
    assert [what for _, what, about in await school.audits() if about.startswith(model.id)] == [
        "began a training", "training ended",
    ]  # fmt: skip


async def test_a_program_that_ends_just_when_a_training_did_keeps_what_came_of_it(
    school: School, store: AwayNow, training: TrainModel
) -> None:
    model = await half_way(school, training)
    store.slow = True
    store.asked.clear()
    school.teacher.go.set()
    await store.asked.wait()
    store.slow = False
    await training.stop()
    assert (await row_of(school, model)).state is ModelState.READY


async def test_a_program_that_ends_before_a_training_did_anything_says_so(school: School, training: TrainModel) -> None:
    model = await training(EDITOR)
    await training.stop()
    assert ((await row_of(school, model)).state, (await row_of(school, model)).why) == (ModelState.FAILED, STOPPED)


async def test_a_training_goes_on_however_long_it_takes_as_long_as_its_program_lives(
    school: School, training: TrainModel, elsewhere: TrainModel
) -> None:
    model = await half_way(school, training)
    for _ in range(8):
        school.clock.move(minutes=1)
        assert await training.recover() == 0
        assert await elsewhere.recover() == 0
    with pytest.raises(EditError, match=RUNNING):
        await elsewhere(EDITOR)
    school.teacher.go.set()
    ended = await school.ended(model.id)
    assert (ended.state, ended.at) == (ModelState.READY, model.at), "the row says again when it began"
    await training.stop()


async def test_a_training_whose_program_was_killed_has_failed_minutes_later(
    school: School, training: TrainModel, elsewhere: TrainModel
) -> None:
    model = await half_way(school, training)
    school.clock.move(minutes=3)
    assert await elsewhere.recover() == 1
    assert (await row_of(school, model)).why == STOPPED
    again = await elsewhere.begin(BY_CLOCK)
    await elsewhere.stop()
    assert (await row_of(school, again)).state is ModelState.FAILED
    await training.stop()


async def test_a_training_that_was_given_up_does_not_begin_again_by_itself(
    school: School, training: TrainModel, elsewhere: TrainModel
) -> None:
    model = await half_way(school, training)
    school.clock.move(minutes=3)
    await elsewhere.recover()
    await training.recover()
    assert (await row_of(school, model)).state is ModelState.FAILED
    await training.stop()
