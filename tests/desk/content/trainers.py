"""What stands in for the model of the assistant and its training: scripts that need no second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import TrainingFailed
from bot.core.normalise import normalise
from bot.core.taught import Comparison
from bot.services.content_ports import Lessons, Tell
from tests.services.school import FakeSwapping

FILES = {("flu_jab", "nl"): ("wat kost de griepprik",), ("vaccination_costs", "nl"): ("wat kost een prik",)}


class Files:
    """Two questions stand in the files."""

    async def of(self, key: str, language: str) -> tuple[str, ...]:
        return FILES.get((key, language), ())

    async def key_of(self, text: str) -> str:
        found = (key for (key, _), texts in FILES.items() if normalise(text) in map(normalise, texts))
        return next(found, "")


class OneGroup:
    """Everything is alike."""

    async def groups(self, texts: Sequence[str]) -> list[list[int]]:
        return [list(range(len(texts)))] if texts else []


class Swapping(FakeSwapping):
    """The file that is loaded first is "base"."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "base")


@dataclass
class Trainer:
    """Trains at once, to this comparison."""

    folder: Path
    comparison: Comparison = field(default_factory=Comparison)
    fails: str = ""
    lessons: list[Lessons] = field(default_factory=list)

    async def train(self, model_id: str, lessons: Lessons, live: Path | None, tell: Tell) -> tuple[str, Comparison]:
        self.lessons.append(lessons)
        if self.fails:
            raise TrainingFailed(self.fails)
        (self.folder / f"{model_id}.tar.gz").touch()
        return f"{model_id}.tar.gz", self.comparison
