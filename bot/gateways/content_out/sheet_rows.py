"""A sheet's cells as they were typed: which entry and part each is, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.core.entry import Ref
from bot.gateways.content_out.headings import columns_of, place_of
from bot.gateways.content_out.layout import Layout, Row
from bot.gateways.content_out.problems import Problems

MOST_COLUMNS: Final = 64
_FULL: Final = 32_767  # characters: a spreadsheet cuts a longer cell off without a word


@dataclass(frozen=True, slots=True)
class Given:
    """One cell that holds something."""

    ref: Ref
    part: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """Every filled cell under a heading that is read; the rows that have a name, and the headings that are there."""

    layout: Layout
    cells: tuple[Given, ...] = ()
    rows: frozenset[Row] = frozenset()
    headings: frozenset[str] = frozenset()


def read_sheet(sheet: Any, layout: Layout, languages: frozenset[str], only: str, problems: Problems) -> ReadSheet:
    """A sheet as somebody filled it in; what is wrong with its form is told."""
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1)
    _, first = next(rows, (1, ()))
    columns = columns_of(first, layout, languages, only, problems)
    if columns is None:
        return ReadSheet(layout)
    seen: dict[Row, int] = {}
    cells = tuple(_given(rows, seen, layout, columns, problems))
    return ReadSheet(layout, cells, frozenset(seen), frozenset(columns.values()) - {""})


def _given(
    rows: Iterable[tuple[int, tuple[Any, ...]]],
    seen: dict[Row, int],
    layout: Layout,
    columns: dict[int, str],
    problems: Problems,
) -> Iterator[Given]:
    """`seen` comes to hold where each row stands."""
    for number, cells in rows:
        texts = {
            column: text
            for column, cell in enumerate(cells)
            if (text := _text(cell, place_of(layout, number, column, columns.get(column, "")), problems))
        }
        if not texts:
            continue
        row = tuple(texts.pop(column, "").strip() for column in range(len(layout.names)))
        if not all(row):
            problems.add(f"sheet {layout.name}, row {number}", f"The column “{_lacks(layout, row)}” is empty here.")
        elif row in seen:
            problems.add(
                f"sheet {layout.name}, row {number}",
                f"“{' '.join(row)}” stands in row {seen[row]} as well. Keep one of them.",
            )
        else:
            seen[row] = number
            yield from _cells(texts, row, number, layout, columns, problems)


def _cells(
    texts: dict[int, str],
    row: tuple[str, ...],
    number: int,
    layout: Layout,
    columns: dict[int, str],
    problems: Problems,
) -> Iterator[Given]:
    for column, text in texts.items():
        heading = columns.get(column, "")
        place = place_of(layout, number, column, heading)
        if column not in columns:
            problems.add(place, "This column has no heading. Name its language in the first row, or empty it.")
        elif not text.strip():
            problems.add(place, "There are only blanks in this cell. Write the text, or empty the cell.")
        elif heading:
            yield Given(*layout.cell(row, heading), text, place)


def _lacks(layout: Layout, row: tuple[str, ...]) -> str:
    return next(name for name, text in zip(layout.names, row, strict=True) if not text)


def _text(cell: Any, place: str, problems: Problems) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        told = "a formula" if cell.data_type == "f" else "an error of a formula"
        problems.add(place, f"There is {told} in this cell (formula injection). Write the text itself.")
        return ""
    if isinstance(value, str) and len(value) >= _FULL:
        problems.add(place, "This cell is full: a part of its text may be lost. Shorten it.")
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n")
