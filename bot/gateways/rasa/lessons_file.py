"""What goes to the training program and what comes back, as JSON files."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.core.taught import Collision, Comparison, Figure, Shift
from bot.services.content_ports import Lessons


def write_lessons(file: Path, lessons: Lessons) -> None:
    """Keeps lessons as `nlu.lessons` reads them."""
    examples = {
        language: {key: list(texts) for key, texts in by_key.items()} for language, by_key in lessons.examples.items()
    }
    given = {"topics": list(lessons.topics), "examples": examples, "revision": lessons.revision}
    file.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")


def read_lessons(file: Path) -> Lessons:
    """Lessons that were kept."""
    given = json.loads(file.read_text(encoding="utf-8"))
    examples = {
        language: {key: tuple(texts) for key, texts in by_key.items()} for language, by_key in given["examples"].items()
    }
    return Lessons(tuple(given["topics"]), examples, int(given.get("revision", 0)))


def write_comparison(file: Path, comparison: Comparison) -> None:
    """Keeps a comparison."""
    file.write_text(json.dumps(asdict(comparison), ensure_ascii=False), encoding="utf-8")


def read_comparison(file: Path) -> Comparison:
    """A comparison that was kept. Raises OSError or ValueError when it is not there or cut short."""
    given: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Comparison(
        tuple(Figure(**item) for item in given["figures"]),
        tuple(Shift(**item) for item in given["shifts"]),
        tuple(Collision(**item) for item in given["collisions"]),
        tuple(given["refused"]),
    )
