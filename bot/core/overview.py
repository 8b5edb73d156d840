"""All answers at a glance: topics by languages, and what each cell wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.revision import Draft, Reading, Stage


class Mark(StrEnum):
    """What there is to say of an answer; several may hold at once."""

    PUBLISHED = "published"
    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    STALE = "stale"  # the Dutch text changed in meaning since
    WITHDRAWN = "withdrawn"  # not said any more: the Dutch text changed for safety, or 14 days ago
    UNREVIEWED = "unreviewed"
    REVIEW_DUE = "review_due"  # within 30 days, or past
    UNTESTED = "untested"  # never read with people


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in one language."""

    ref: Ref
    marks: frozenset[Mark]
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One topic, with a cell for every language. `kind` as in `Topic`."""

    topic: str
    group: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The grid: `counts` are cells by mark."""

    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    counts: Mapping[Mark, int]


DUE_SOON: Final = timedelta(days=30)
_BY_STAGE: Final = {Stage.DRAFT: Mark.DRAFT, Stage.IN_REVIEW: Mark.IN_REVIEW}


def overview_of(
    content: Content, drafts: Iterable[Draft], readings: Iterable[Reading], today: date, *, talk: bool = False
) -> Overview:
    """The grid of all topics; with `talk` that of the texts that are no topic's, each as a row of its key.

    The languages are those that the content has labels for.
    """
    languages = tuple(code for code in LANGUAGES if code in content.labels)
    asked = _Asked(content, _stages(drafts), frozenset((one.key, one.language) for one in readings), today)
    if talk:
        keys = dict.fromkeys(key for key, _ in content.answers if key.removeprefix("utter_") not in content.topics)
        rows = tuple(Row(key, "", "", asked.cells(key, languages)) for key in keys)
    else:
        topics = content.topics.values()
        rows = tuple(Row(one.key, one.group, one.kind, asked.cells(f"utter_{one.key}", languages)) for one in topics)
    found = Counter(mark for row in rows for cell in row.cells for mark in cell.marks)
    return Overview(languages, rows, {mark: found[mark] for mark in Mark})


def _stages(drafts: Iterable[Draft]) -> Mapping[tuple[str, str], frozenset[Mark]]:
    found: dict[tuple[str, str], frozenset[Mark]] = {}
    for draft in drafts:
        if draft.ref.kind is Kind.ANSWER:
            which = draft.ref.key, draft.ref.language
            found[which] = found.get(which, frozenset()) | {_BY_STAGE[draft.stage]}
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the marks of a cell are read from."""

    content: Content
    stages: Mapping[tuple[str, str], frozenset[Mark]]
    read: frozenset[tuple[str, str]]
    today: date

    def cells(self, key: str, languages: Iterable[str]) -> tuple[Cell, ...]:
        return tuple(self._cell(key, language) for language in languages)

    def _cell(self, key: str, language: str) -> Cell:
        which = key, language
        answer = self.content.answers.get(which)
        marks = set(self.stages.get(which, ()))
        if answer is None:
            return Cell(Ref(Kind.ANSWER, key, language), frozenset({*marks, Mark.MISSING}))
        marks.add(Mark.PUBLISHED)
        if which in self.content.withdrawn:
            marks.add(Mark.WITHDRAWN)
        elif which in self.content.updating:
            marks.add(Mark.STALE)
        if answer.review.status != "reviewed":
            marks.add(Mark.UNREVIEWED)
        if answer.review.due is not None and answer.review.due <= self.today + DUE_SOON:
            marks.add(Mark.REVIEW_DUE)
        if not answer.tested_with and which not in self.read:
            marks.add(Mark.UNTESTED)
        return Cell(Ref(Kind.ANSWER, key, language), frozenset(marks), answer.review.due)
