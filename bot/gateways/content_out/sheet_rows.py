"""A sheet's cells as they were typed: which entry and part each is, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from openpyxl.utils import get_column_letter

from bot.core.entry import Ref
from bot.core.language import SOURCE
from bot.gateways.content_out.layout import Layout
from bot.gateways.content_out.problems import Problems

MOST_COLUMNS: Final = 64


@dataclass(frozen=True, slots=True)
class Given:
    """One cell that holds something."""

    ref: Ref
    part: str
    text: str
    place: str


def given_in(sheet: Any, layout: Layout, languages: frozenset[str], only: str, problems: Problems) -> Iterator[Given]:
    """Every filled cell under a heading that is read; what is wrong with its form is told."""
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1)
    _, first = next(rows, (1, ()))
    columns = _columns(first, layout, languages, only, problems)
    if columns is None:
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in rows:
        texts = {
            column: text
            for column, cell in enumerate(cells)
            if (text := _text(cell, _place(layout, number, column, columns.get(column, "")), problems))
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
        place = _place(layout, number, column, heading)
        if column not in columns:
            problems.add(place, "This column has no heading. Name its language in the first row, or empty it.")
        elif not text.strip():
            problems.add(place, "There are only blanks in this cell. Write the text, or empty the cell.")
        elif heading:
            yield Given(*layout.cell(row, heading), text, place)


def _lacks(layout: Layout, row: tuple[str, ...]) -> str:
    return next(name for name, text in zip(layout.names, row, strict=True) if not text)


def _place(layout: Layout, number: int, column: int, heading: str) -> str:
    named = f" ({heading})" if heading else ""
    return f"sheet {layout.name}, row {number}, column {get_column_letter(column + 1)}{named}"


def _columns(
    first: tuple[Any, ...], layout: Layout, languages: frozenset[str], only: str, problems: Problems
) -> dict[int, str] | None:
    """The heading of every column; "" for one that is there to be read by people. None when the rows say nothing."""
    headings = {column: str(cell.value).strip() for column, cell in enumerate(first) if cell.value is not None}
    wanted = layout.names
    if tuple(headings.get(column, "") for column in range(len(wanted))) != wanted:
        problems.add(
            f"sheet {layout.name}, row 1", f"The first columns must be {', '.join(wanted)}. Begin from a new export."
        )
        return None
    known: dict[int, str] = {}
    for column, heading in headings.items():
        place = _place(layout, 1, column, heading)
        if column < len(wanted):
            continue
        if heading in known.values():
            problems.add(place, f"The column {heading} is there twice. Take one of them out.")
        elif only and heading == SOURCE != only:
            known[column] = ""
        elif heading == only or (not only and (heading in layout.fixed or (layout.spoken and heading in languages))):
            known[column] = heading
        else:
            problems.add(place, _unknown(heading, layout, languages, only))
            known[column] = ""
    return known


def _unknown(heading: str, layout: Layout, languages: frozenset[str], only: str) -> str:
    if only:
        return f"“{heading}” is no column of this file, which is for {only} alone. Take it out."
    allowed = [*layout.fixed, *(sorted(languages) if layout.spoken else ())]
    return f"“{heading}” is no language of ours and no column of this sheet. Use: {', '.join(allowed)}."


def _text(cell: Any, place: str, problems: Problems) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        told = "a formula" if cell.data_type == "f" else "an error of a formula"
        problems.add(place, f"There is {told} in this cell (formula injection). Write the text itself.")
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n")
