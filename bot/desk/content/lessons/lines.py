"""Example questions typed one a line: what can be added is added, and each of the others is told what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.errors import EditError
from bot.core.normalise import clean, normalise
from bot.core.team import Worker
from bot.desk.content.lessons.sentences import reasons
from bot.desk.desk import Desk
from bot.services.editing.check_examples import LONGEST_EXAMPLE

FIELD: Final = 16_000  # characters of all examples in one field
THERE: Final = "This is there already."
DANGER: Final = "This tells of danger. Danger is seen by the phrases of its own page, never by examples of a topic."
LONG: Final = "This is too long: at most 200 characters."
WORDLESS: Final = "There is no word in this."
MUCH: Final = "This is too much at once. Add one half, and then the other."
OTHERS: Final = "This is an example of {topic}."
_KEY: Final = re.compile(r"\(([a-z_]+)\)")  # the other key, in the reason


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not added, and why: an English sentence of the desk, of which `topic` fills in {topic}.

    `text` is "" for what is wrong with all of them.
    """

    text: str
    why: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of what was typed: how many were added, which lines were not and why, and all that is `left` of it."""

    number: int = 0
    bad: tuple[BadLine, ...] = ()
    left: str = ""


def lines_of(typed: str) -> tuple[str, ...]:
    """The lines of a field, each once, without empty ones."""
    cleaned = [clean(line) for line in typed.splitlines()]
    return tuple({normalise(line): line for line in reversed(cleaned) if normalise(line)}.values())[::-1]


async def add_lines(desk: Desk, worker: Worker, key: str, language: str, typed: str) -> Added:
    """Teaches what can be taught of what was typed. Nothing that was not added is lost."""
    if len(typed) > FIELD:
        return Added(0, (BadLine("", MUCH),), typed)
    known = await desk.teaching.examples(key, language)
    there = frozenset(normalise(text) for text in (*known.files, *known.taught))
    lines, bad = lines_of(typed), [BadLine(line, WORDLESS) for line in _wordless(typed)]
    bad += [BadLine(line, why) for line in lines if (why := _wrong(desk, line, there))]
    try:
        return _added(await _teach(desk, worker, key, language, lines, bad), bad)
    except EditError as error:
        told = _told(desk, [line for line in lines if line not in {each.text for each in bad}], error)
    bad += told
    if any(not line.text for line in told):
        return Added(0, tuple(bad), typed)
    try:
        return _added(await _teach(desk, worker, key, language, lines, bad), bad)
    except EditError as error:
        return Added(0, (*bad, BadLine("", str(error))), typed)


def _added(number: int, bad: Sequence[BadLine]) -> Added:
    return Added(number, tuple(bad), "\n".join(line.text for line in bad))


def _wordless(typed: str) -> list[str]:
    """The lines with something in them, such as a picture of a face, that a model learns nothing from."""
    return [shown for line in typed.splitlines() if (shown := clean(line)) and not normalise(shown)]


async def _teach(
    desk: Desk, worker: Worker, key: str, language: str, lines: Sequence[str], bad: Sequence[BadLine]
) -> int:
    refused = {line.text for line in bad}
    good = [line for line in lines if line not in refused]
    return len(await desk.teaching.teach(worker, key, language, good)) if good else 0


def _wrong(desk: Desk, line: str, known: frozenset[str]) -> str:
    if len(line) > LONGEST_EXAMPLE:
        return LONG
    if normalise(line) in known:
        return THERE
    return DANGER if desk.served.assess(line) else ""


def _told(desk: Desk, lines: Sequence[str], error: EditError) -> list[BadLine]:
    """Which lines the reasons are about; a reason about none of them is about all."""
    found: list[BadLine] = []
    for reason in reasons(error):
        line = next((line for line in lines if f"“{line}”" in reason), "")
        topic = (_KEY.search(reason) or {1: ""})[1]
        known = topic in desk.content.topics or topic in desk.content.meta
        found.append(BadLine(line, OTHERS, topic) if line and known else BadLine(line, reason))
    return found
