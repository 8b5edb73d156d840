"""How far a training is, kept in its row for every page that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog

from bot.core.errors import StoreError
from bot.core.taught import Model, ModelState
from bot.services.editing.newsroom import Newsroom

log = structlog.get_logger("training")
TELL_EVERY: Final = timedelta(seconds=1)


class TrainingProgress:
    """Keeps it at most once in TELL_EVERY. See `services.content_ports.Tell`.

    `at` of the row becomes the moment when the training was last heard of, until it has ended.
    """

    def __init__(self, newsroom: Newsroom, model: Model) -> None:
        self._newsroom, self._model, self._last = newsroom, model, model.at

    async def __call__(self, progress: float, step: str) -> None:
        """Never raises."""
        self._model = replace(self._model, progress=min(max(progress, 0.0), 1.0), step=step)
        if self._newsroom.clock() - self._last >= TELL_EVERY:
            await self.goes_on()

    async def goes_on(self) -> None:
        """Every process can see that the training has not died. Never raises."""
        self._last = self._newsroom.clock()
        try:
            async with self._newsroom.store.unit() as unit:
                row = await unit.model(self._model.id)
                if row is not None and row.state is ModelState.TRAINING:  # else another process gave it up
                    await unit.keep_model(replace(self._model, at=self._last))
        except StoreError as error:
            log.warning("progress not kept", model=self._model.id, error=type(error).__name__)
