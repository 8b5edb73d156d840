"""Which taught models are still needed: what answers, what may be promoted, and a few to go back to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Final

from bot.core.taught import Model, ModelState
from bot.services.ports import Clock, Store

KEPT: Final = {ModelState.READY: 2, ModelState.PAST: 5}  # the newest of each; a file takes 60 MB
LEFT_ALONE: Final = timedelta(hours=1)  # a training may just be writing one

Erase = Callable[[Collection[str], float], Awaitable[int]]


class SweepModels:
    """Call it now and then. `erase` takes the files to keep and a Unix time, and erases older ones; how many."""

    def __init__(self, store: Store, clock: Clock, erase: Erase) -> None:
        self._store, self._clock, self._erase = store, clock, erase

    async def __call__(self) -> int:
        """How many files went."""
        keep = {model.file for model in needed(await self._store.models())}
        return await self._erase(keep, (self._clock() - LEFT_ALONE).timestamp())


def needed(models: Collection[Model]) -> list[Model]:
    """Those whose files must stay."""
    newest = sorted(models, key=lambda model: model.at, reverse=True)
    kept = [model for model in newest if model.state in {ModelState.LIVE, ModelState.TRAINING}]
    for state, count in KEPT.items():
        kept += [model for model in newest if model.state is state][:count]
    return kept
