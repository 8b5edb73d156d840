"""An update does not unteach: what a model had learnt that was left out is learnt again by the clock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog

from bot.core.errors import EditError
from bot.core.taught import BY_CLOCK, TAUGHT, Model, ModelState
from bot.services.editing.newsroom import Newsroom
from bot.services.teaching.left_out import LeftOut
from bot.services.teaching.live_model import LiveModel
from bot.services.teaching.taught_examples import learnt_before
from bot.services.teaching.train_model import TrainModel

log = structlog.get_logger("models")
WORSE: Final = (
    "Some questions that editors taught are answered worse than before the update. Look at them: you may let this "
    "model answer, or teach more examples and train again."
)


class RenewModel:
    """Call it every few seconds. `base` is the fingerprint of the project's files, `folder` where models are."""

    def __init__(self, newsroom: Newsroom, training: TrainModel, models: LiveModel, base: str, folder: Path) -> None:
        self._newsroom, self._training, self._models = newsroom, training, models
        self._base, self._folder, self._began, self._ours = base, folder, newsroom.clock(), ""

    async def __call__(self) -> int:
        """1 when it began a training or judged one. One try for each model that was left out."""
        left = await self.left_out()
        if left is None or left.beside or left.in_vain is not None:
            return 0
        return await self._judged(left, left.ready) if left.ready else await self._begun(left)

    async def left_out(self) -> LeftOut | None:
        """The live model, when it is left out here; None when the live one answers."""
        store = self._newsroom.store
        _, live = await store.marks()
        model = await store.model(live) if live and live != self._ours else None
        if model is None or model.base == self._base:
            self._ours = live  # looked at once, however often the clock asks
            return None
        tries = [row for row in await store.models() if row.by == BY_CLOCK and row.base == self._base]
        since = tuple(row for row in tries if row.at >= model.at)
        return LeftOut(model, self._folder / model.file, since, beside=model.at > self._began)

    async def _begun(self, left: LeftOut) -> int:
        lessons = await learnt_before(self._newsroom.store, self._newsroom.base, left.model.revision)
        try:
            model = await self._training.begin(BY_CLOCK, replace(lessons, left_out=left.file))
        except EditError:  # one runs already, here or elsewhere
            return 0
        log.info("training again what was left out", model=model.id)
        return 1

    async def _judged(self, left: LeftOut, model: Model) -> int:
        if any(shift.file == TAUGHT and not shift.better for shift in model.comparison.shifts):
            await self._leave(replace(model, why=WORSE))
            return 1
        try:
            return int(await self._models.renew(model.id, left.model.id))
        except EditError as error:
            await self._leave(replace(model, state=ModelState.FAILED, why=str(error)))
            return 1

    async def _leave(self, model: Model) -> None:
        """To editors: the model with the reason, and a row in the audit."""
        async with self._newsroom.store.unit() as unit:
            await unit.keep_model(model)
            await unit.audit(BY_CLOCK, "left a model to editors", model.id, self._newsroom.clock())
