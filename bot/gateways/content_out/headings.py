"""The first row of a sheet: what every column holds, and how a cell under it is named to people."""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter

from bot.core.language import SOURCE
from bot.gateways.content_out.layout import Layout
from bot.gateways.content_out.problems import Problems


def place_of(layout: Layout, number: int, column: int, heading: str) -> str:
    """A cell as people find it; rows from 1, columns from 0."""
    named = f" ({heading})" if heading else ""
    return f"sheet {layout.name}, row {number}, column {get_column_letter(column + 1)}{named}"


def columns_of(
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
        place = place_of(layout, 1, column, heading)
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
