"""What goes to the training program and what comes back, as JSON files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.core.entry import Body, Kind, Ref
from bot.core.entry_json import from_json, to_json
from bot.core.taught import Collision, Comparison, Figure, Shift
from bot.services.content_ports import Lessons


def write_lessons(file: Path, lessons: Lessons) -> None:
    """Keeps lessons as `nlu.lessons` reads them, which leaves the rest to who compares."""
    examples = {
        language: {key: list(texts) for key, texts in by_key.items()} for language, by_key in lessons.examples.items()
    }
    given = {
        "topics": list(lessons.topics),
        "examples": examples,
        "revision": lessons.revision,
        "published": [_entry(ref, body) for ref, body in lessons.published.items()],
        "left_out": str(lessons.left_out) if lessons.left_out is not None else "",
    }
    file.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")


def read_lessons(file: Path) -> Lessons:
    """Lessons that were kept."""
    given = json.loads(file.read_text(encoding="utf-8"))
    examples = {
        language: {key: tuple(texts) for key, texts in by_key.items()} for language, by_key in given["examples"].items()
    }
    published = dict(_published(item) for item in given.get("published", ()))
    left_out = Path(given["left_out"]) if given.get("left_out") else None
    return Lessons(tuple(given["topics"]), examples, int(given.get("revision", 0)), published, left_out)


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


def _entry(ref: Ref, body: Body | None) -> Mapping[str, str | None]:
    told = None if body is None else to_json(body)
    return {"kind": ref.kind.value, "key": ref.key, "language": ref.language, "body": told}


def _published(item: Mapping[str, Any]) -> tuple[Ref, Body | None]:
    kind, body = Kind(item["kind"]), item["body"]
    return Ref(kind, item["key"], item["language"]), None if body is None else from_json(kind, body)
