"""A model is trained with what editors taught, in a task beside the running assistant, and then stands to be judged."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.core.errors import EditError, StoreError, TrainingFailed
from bot.core.overlay import changes_between
from bot.core.taught import BY_CLOCK, Model, ModelState
from bot.core.team import Worker
from bot.services.content_ports import Lessons, Teacher
from bot.services.editing.newsroom import Newsroom
from bot.services.teaching.explain import Swapping
from bot.services.teaching.taught_examples import taught
from bot.services.teaching.teach_examples import must_teach
from bot.services.teaching.training_progress import TrainingProgress

log = structlog.get_logger("training")
SILENT: Final = timedelta(minutes=2)  # a training of which nothing was heard for so long ended with its process
STOPPED: Final = "The program stopped while the model was trained. Train again."
BROKEN: Final = "The training ended with an unexpected error. Train again; if it stays so, ask who keeps the program."
RUNNING: Final = "A model is being trained already. Wait until it is ready."


class TrainModel:
    """Call it to start a training. `base` is the fingerprint of the project's files.

    Call `recover` when the program starts and then several times within SILENT, `stop` when it ends.
    """

    def __init__(self, newsroom: Newsroom, dialogue: Swapping, teacher: Teacher, base: str) -> None:
        self._newsroom, self._dialogue, self._teacher, self._base = newsroom, dialogue, teacher, base
        self._task: asyncio.Task[None] | None = None
        self._told: TrainingProgress | None = None  # of a training that runs here
        self._ended: Model | None = None  # how it ended, or would end with the program; None once that is kept
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, worker: Worker) -> Model:
        """The row of a training that has begun. Raises EditError while one runs, in whichever process."""
        must_teach(worker)
        return await self.begin(worker.id)

    async def begin(self, by: str, lessons: Lessons | None = None) -> Model:
        """The same for whoever or whatever begins it, and with these lessons instead of all that is published."""
        await self.recover()
        model = await self._begun(by, lessons)
        if await self._overtaken(model):
            await self._keep(replace(model, state=ModelState.FAILED, why=RUNNING))
            raise EditError(RUNNING)
        self._told = TrainingProgress(self._newsroom, model)
        self._ended = replace(model, state=ModelState.FAILED, why=STOPPED)
        self._task = asyncio.create_task(self._run(model, lessons, self._told))
        return model

    async def recover(self) -> int:
        """Trainings that nobody carries on any more have failed; how many. Tells how the one that runs here fares."""
        await self._tell()
        before = self._newsroom.clock() - SILENT
        left = [row for row in await self._training() if row.at < before]
        for row in left:
            await self._keep(replace(row, state=ModelState.FAILED, why=STOPPED))
        return len(left)

    async def stop(self) -> None:
        """Ends a training that runs here."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._told = None
            await self._tell()

    async def _begun(self, by: str, lessons: Lessons | None) -> Model:
        at, newsroom = self._newsroom.clock(), self._newsroom
        async with newsroom.store.unit() as unit:
            if any(row.state is ModelState.TRAINING for row in await unit.models()):
                raise EditError(RUNNING)
            revision, _ = await unit.marks()
            learns = revision if lessons is None else lessons.revision
            model = Model(_new_id(at, newsroom.secret()), "", self._base, ModelState.TRAINING, by, at, learns)
            await unit.keep_model(model)
            await unit.audit(by, "began a training", model.id, at)
        return model

    async def _overtaken(self, model: Model) -> bool:
        """Did another process begin in the same moment? Then the first of both goes on."""
        return any((row.at, row.id) < (model.at, model.id) for row in await self._training())

    async def _training(self) -> list[Model]:
        return [row for row in await self._newsroom.store.models() if row.state is ModelState.TRAINING]

    async def _run(self, model: Model, lessons: Lessons | None, told: TrainingProgress) -> None:
        """The whole training; however it ends, the row tells."""
        try:
            ended = await self._trained(model, lessons, told)
        except TrainingFailed as error:
            log.error("training failed", model=model.id)
            ended = replace(model, state=ModelState.FAILED, why=str(error) or BROKEN)
        except Exception as error:  # noqa: BLE001 - the border: nobody waits for this task
            log.error("training failed", model=model.id, error=type(error).__name__)
            ended = replace(model, state=ModelState.FAILED, why=BROKEN)
        self._told, self._ended = None, ended
        await self._tell()

    async def _tell(self) -> None:
        """Keeps that the training here goes on, or how it ended: never both at once, or an end could be undone."""
        async with self._one_at_a_time:
            if self._told is not None:
                await self._told.goes_on()
            elif self._ended is not None:
                try:
                    await self._keep(self._ended)
                except StoreError as error:
                    log.error("model not kept", model=self._ended.id, error=type(error).__name__)
                else:
                    self._ended = None

    async def _trained(self, model: Model, lessons: Lessons | None, told: TrainingProgress) -> Model:
        newsroom = self._newsroom
        if lessons is None:
            lessons = (await taught(newsroom.store, newsroom.base)).lessons(model.revision)
        published = await asyncio.to_thread(changes_between, newsroom.base, newsroom.served.content)
        lessons = replace(lessons, published=published)
        file, comparison = await self._teacher.train(model.id, lessons, self._dialogue.model, told)
        log.info("trained", model=model.id, refused=len(comparison.refused))
        state = ModelState.REFUSED if comparison.refused else ModelState.READY
        why = " ".join(comparison.refused)
        return replace(model, file=file, progress=1.0, comparison=comparison, state=state, why=why)

    async def _keep(self, model: Model) -> None:
        """How a training ended."""
        at = self._newsroom.clock()
        async with self._newsroom.store.unit() as unit:
            await unit.keep_model(model)
            await unit.audit(model.by, "training ended", f"{model.id} {model.state}", at)
            if self._waits_for_another(model):
                await unit.audit(model.by, "must wait for somebody else", model.id, at)

    def _waits_for_another(self, model: Model) -> bool:
        return self._newsroom.four_eyes and model.state is ModelState.READY and model.by != BY_CLOCK


def _new_id(at: datetime, secret: str) -> str:
    """Also the beginning of a file name: when, and six digits that no other process has."""
    return f"{at:%Y%m%d-%H%M%S}-{hashlib.sha256(secret.encode()).hexdigest()[:6]}"
