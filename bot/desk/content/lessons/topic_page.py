"""The page of one topic: what it is called, its answers, and the questions that teach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES, Language
from bot.core.normalise import normalise
from bot.core.overview import Mark
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.entry_names import Names
from bot.desk.content.lessons.asked_form import numbers
from bot.desk.content.lessons.lines import Added, BadLine
from bot.desk.content.lessons.sentences import teller
from bot.desk.content.lessons.topic_names import names
from bot.desk.desk import Desk, desk_of
from bot.desk.words import words

# English sentences of the desk, said by t() in the template.
MARKS: Final[Mapping[Mark, str]] = {
    Mark.PUBLISHED: "published",
    Mark.MISSING: "not written yet",
    Mark.DRAFT: "a draft",
    Mark.IN_REVIEW: "in review",
    Mark.STALE: "the Dutch text changed since",
    Mark.WITHDRAWN: "withdrawn",
    Mark.UNREVIEWED: "not reviewed",
    Mark.REVIEW_DUE: "review is due",
    Mark.UNTESTED: "never read with people",
}
KINDS: Final[Mapping[str, str]] = {
    "V": "A vaccination: the answer tells of benefits, side effects and what is not known.",
    "W": "A worry: the answer listens first.",
    "": "Neither.",
}
_TOLD: Final = frozenset({"made", "added"})


@dataclass(frozen=True, slots=True)
class Taught:
    """The examples of one topic in one language. `files` are those found, of `total`; `typed` is kept after errors."""

    language: Language
    files: tuple[str, ...]
    total: int
    taught: tuple[str, ...]
    typed: str = ""
    bad: tuple[BadLine, ...] = ()


async def topic_page(
    request: Request,
    worker: Worker,
    key: str,
    added: Mapping[str, Added] | None = None,
    problems: tuple[str, ...] = (),
) -> Response:
    """The page; after a form, with what was added and what could not be."""
    desk, query, added = desk_of(request), request.query_params, added or {}
    topic = desk.content.topics.get(key)
    wrong = bool(problems) or any(each.bad for each in added.values())
    return page.render(
        request,
        "content/topic.html",
        422 if wrong else 200,
        key=key,
        topic=topic,
        group=Names(desk.content, worker.language).group(topic.group) if topic else "",
        kinds=KINDS,
        name=names(desk.content, worker.language, words(worker.language))(key),
        named=names(desk.content, worker.language, words(worker.language)),
        labels={code: desk.content.labels[code].topics.get(key, "") for code in LANGUAGES},
        answers=await _answers(desk, key),
        marks=MARKS,
        taught=[await _taught(desk, key, code, query.get("q", ""), added.get(code, Added())) for code in LANGUAGES],
        sought=query.get("q", "")[:100],
        added=sum(each.number for each in added.values()),
        problems=problems,
        told=teller(worker.language),
        did=query.get("did", "") if query.get("did") in _TOLD else "",
        number=next(iter(numbers([query.get("number", "")])), 0),
        spoken=Names(desk.content, worker.language).tongue,
    )


async def _answers(desk: Desk, key: str) -> list[tuple[Language, tuple[Mark, ...]]]:
    """What there is to say of the answer in every language, in the order of MARKS."""
    overview = await desk.editing.overview()
    row = next((row for row in overview.rows if row.topic == key), None)
    marks = {cell.ref.language: cell.marks for cell in row.cells} if row else {}
    for code in LANGUAGES:
        there = Ref(Kind.ANSWER, f"utter_{key}", code)
        plain = Mark.PUBLISHED if (there.key, code) in desk.content.answers else Mark.MISSING
        marks.setdefault(code, frozenset({plain}))
    return [(LANGUAGES[code], tuple(mark for mark in MARKS if mark in marks[code])) for code in LANGUAGES]


async def _taught(desk: Desk, key: str, code: str, sought: str, added: Added) -> Taught:
    known = await desk.teaching.examples(key, code)
    wanted = normalise(sought[:100]).split()
    found = tuple(text for text in known.files if all(word in normalise(text) for word in wanted))
    return Taught(LANGUAGES[code], found, len(known.files), known.taught, added.left, added.bad)
