"""How far a training is, kept in its row for every page that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog

from bot.core.errors import StoreError
from bot.core.taught import Model
from bot.services.editing.newsroom import Newsroom

log = structlog.get_logger("training")
TELL_EVERY: Final = timedelta(seconds=1)


class TrainingProgress:
    """Keeps it at most once in TELL_EVERY. See `services.content_ports.Tell`."""

    def __init__(self, newsroom: Newsroom, model: Model) -> None:
        self._newsroom, self._model, self._last = newsroom, model, model.at

    async def __call__(self, progress: float, step: str) -> None:
        """Never raises."""
        now = self._newsroom.clock()
        if now - self._last < TELL_EVERY:
            return
        self._last = now
        try:
            async with self._newsroom.store.unit() as unit:
                await unit.keep_model(replace(self._model, progress=min(max(progress, 0.0), 1.0), step=step))
        except StoreError as error:
            log.warning("progress not kept", model=self._model.id, error=type(error).__name__)
