"""The answers that can be read with somebody, those that were read least first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.content import Content
from bot.core.revision import Reading
from bot.desk.content.entry_names import ANSWER, Names


@dataclass(frozen=True, slots=True)
class ToRead:
    """An answer that can be read: its name, how often it was read with people, and how often not understood."""

    key: str
    title: str
    times: int
    missed: int


def to_read(content: Content, readings: Sequence[Reading], language: str, names: Names) -> list[ToRead]:
    """Topics' answers in a language: those least read first, then as on the menu."""
    times = Counter(one.key for one in readings if one.language == language)
    missed = Counter(one.key for one in readings if one.language == language and not one.understood)
    rows = []
    for topic in content.topics:
        answer = content.answers.get((f"{ANSWER}{topic}", language))
        if answer is not None:
            read = max(times[answer.key], len(answer.tested_with))
            rows.append(ToRead(answer.key, names.topic(topic), read, missed[answer.key]))
    return sorted(rows, key=lambda row: row.times)
