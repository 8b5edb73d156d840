"""A live model that does not answer: it was built on other files than those of this program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.core.taught import Model, ModelState
from bot.services.teaching.train_model import RUNNING, STOPPED

STOPS: Final = 3  # a program that is ended whenever it trains would train for ever


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The model, its file, and what the clock trained since in its place, newest first.

    `beside`: it went live while this program ran, so one of another version runs too. Then the clock does nothing: the
    two would take it from each other for ever.
    """

    model: Model
    file: Path
    tries: tuple[Model, ...] = ()
    beside: bool = False

    @property
    def ready(self) -> Model | None:
        """What the clock trained, and nobody judged yet."""
        return next((row for row in self.tries if row.state is ModelState.READY and not row.why), None)

    @property
    def in_vain(self) -> Model | None:
        """What the clock trained and may not promote: now somebody must look. None while it may still succeed."""
        ended = [row for row in self.tries if row.state is not ModelState.TRAINING and row.why not in {"", RUNNING}]
        by_itself = [row for row in ended if row.why != STOPPED]
        return next(iter(by_itself), None) or (ended[0] if len(ended) >= STOPS else None)
