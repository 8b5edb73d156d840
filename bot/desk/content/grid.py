"""The grid of all answers as it is shown: filtered, counted by mark, and every cell in finished words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.overview import Cell, Mark, Overview, Row
from bot.desk.content.entry_names import Names, edit_address
from bot.desk.content.marks import SIGNS, mark_words
from bot.desk.words import Words

NEITHER: Final = "-"  # the kind of topics that are neither a vaccination nor a worry


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the grid is filtered by; "" for all."""

    mark: str = ""
    group: str = ""
    language: str = ""
    kind: str = ""

    @property
    def any(self) -> bool:
        """Is anything left out?"""
        return bool(self.mark or self.group or self.language or self.kind)


@dataclass(frozen=True, slots=True)
class CellView:
    """One link: its classes, its signs, and its accessible name."""

    look: str
    href: str
    signs: str
    name: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One topic, or one text of the assistant itself, which has no page of its own: `href` is "" then.

    `read` is where residents read such a text.
    """

    label: str
    href: str
    read: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a column for every language."""

    languages: tuple[str, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The answers to questions, and the texts of the assistant itself.

    `counts` are texts by mark, of all that the other filters leave; `found` how many have the mark that is wanted.
    """

    topics: Table
    talk: Table
    counts: Mapping[Mark, int]
    found: int


def grid_of(topics: Overview, talk: Overview, wanted: Wanted, names: Names, t: Words) -> Grid:
    """The grid for one person; `talk` are the texts that are no topic's."""
    view = _View(names, t, wanted.mark)
    left = [
        [_in_languages(row, wanted.language) for row in one.rows if _is_wanted(row, wanted)] for one in (topics, talk)
    ]
    counts = Counter(mark for rows in left for row in rows for cell in row.cells for mark in cell.marks)
    every = sum(len(row.cells) for rows in left for row in rows)
    return Grid(
        view.table(topics.languages, left[0], wanted),
        view.table(talk.languages, left[1], wanted),
        counts,
        counts[Mark(wanted.mark)] if wanted.mark else every,
    )


class _View:
    """Makes rows; a set of marks is put into words once."""

    def __init__(self, names: Names, t: Words, mark: str) -> None:
        self._names, self._words, self._mark = names, mark_words(t), mark
        self._said: dict[frozenset[Mark], tuple[str, str, str]] = {}

    def table(self, languages: tuple[str, ...], rows: Sequence[Row], wanted: Wanted) -> Table:
        """The rows that have the mark that is wanted, if one is."""
        found = [row for row in rows if not wanted.mark or any(wanted.mark in cell.marks for cell in row.cells)]
        shown = (wanted.language,) if wanted.language else languages
        return Table(shown, tuple(self._row(row) for row in found))

    def _row(self, row: Row) -> RowView:
        said, names = row.cells[0].ref, self._names
        label = names.title(said)
        cells = tuple(self._cell(label, cell) for cell in row.cells)
        return RowView(label, edit_address(Ref(Kind.TOPIC, row.topic)) if row.group else "", names.read(said), cells)

    def _cell(self, label: str, cell: Cell) -> CellView:
        said = self._said.get(cell.marks)
        if said is None:
            said = self._said[cell.marks] = self._say(cell.marks)
        look, signs, words = said
        name = f"{label}, {self._names.tongue(cell.ref.language)}: {words}"
        return CellView(look, edit_address(cell.ref), signs, name)

    def _say(self, marks: frozenset[Mark]) -> tuple[str, str, str]:
        """(classes, signs, words) of a set of marks; "published" is not said of what is worse."""
        told = [mark for mark in SIGNS if mark in marks]
        plain = [mark for mark in told if mark is not Mark.PUBLISHED] or told
        look = (told[0].value if told else "") + (" other" if self._mark and self._mark not in marks else "")
        return look, "".join(SIGNS[mark] for mark in plain), ", ".join(self._words[mark] for mark in plain)


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    kind = "" if wanted.kind == NEITHER else wanted.kind
    return (not wanted.group or row.group == wanted.group) and (not wanted.kind or row.kind == kind)


def _in_languages(row: Row, language: str) -> Row:
    cells = tuple(cell for cell in row.cells if cell.ref.language == language) if language else row.cells
    return Row(row.topic, row.group, row.kind, cells)


def groups_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The groups of topics, in the order in which they first come."""
    return tuple(dict.fromkeys(row.group for row in rows if row.group))
