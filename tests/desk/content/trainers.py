"""What stands in for the model of the assistant and its training: scripts that need no second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import ModelMissing, TrainingFailed
from bot.core.normalise import normalise
from bot.core.taught import Comparison
from bot.services.content_ports import Lessons, Near, Tell
from bot.services.ports import Understanding

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


class Swapping:
    """Knows which file is loaded."""

    def __init__(self, folder: Path) -> None:
        self.model = folder / "base.tar.gz"
        self.model.touch()

    async def load(self, path: Path) -> None:
        if not path.is_file():  # noqa: ASYNC240 - a small local folder
            raise ModelMissing(path.name)
        self.model = path

    async def explain(self, text: str) -> tuple[Understanding, tuple[Near, ...]]:
        return Understanding(), (Near("wat kost de griepprik", "flu_jab", "nl", 0.9),)


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
