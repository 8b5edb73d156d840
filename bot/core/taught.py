"""Models that were taught at the desk, and how one compares with the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

BY_CLOCK: Final = "clock"  # began a training by itself, after an update: see `services.teaching.renew_model`
TAUGHT: Final = "taught"  # `Shift.file` of a question that editors taught


class ModelState(StrEnum):
    """Where a model stands."""

    TRAINING = "training"
    READY = "ready"  # it may be promoted
    REFUSED = "refused"  # it may not: `why` tells
    FAILED = "failed"  # training ended with an error: `why` tells
    LIVE = "live"
    PAST = "past"  # it was live before


@dataclass(frozen=True, slots=True)
class Collision:
    """An example so like another topic's that both would be mistaken for each other."""

    text: str
    topic: str
    other: str
    other_text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Shift:
    """One question that the new model answers differently.

    `file`: of the evaluation files "topics" or "red_flags", or TAUGHT.
    """

    text: str
    language: str
    expected: str
    before: str
    after: str
    better: bool
    file: str = "topics"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure before and after, 0 to 1. `name` is such as "top1", "top1 ar", "recall".

    `floor`: the least that it must reach, of false alarms the most; None for none.
    """

    name: str
    before: float
    after: float
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The new model beside the live one. `refused` says in sentences why it may not be promoted; () when it may."""

    figures: tuple[Figure, ...] = ()
    shifts: tuple[Shift, ...] = ()
    collisions: tuple[Collision, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A model. `file` is its name in the models' folder; `base` the fingerprint of the project's files it builds on.

    `by` began its training: a worker's id, BY_CLOCK, or "" for the model of the files. `progress` runs from 0 to 1
    while it is trained. `revision` is the last revision whose examples it learnt.
    """

    id: str
    file: str
    base: str
    state: ModelState
    by: str
    at: datetime
    revision: int = 0
    progress: float = 0.0
    step: str = ""
    why: str = ""
    comparison: Comparison = Comparison()
