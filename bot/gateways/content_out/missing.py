"""What a workbook lacks of an export of now, so that nobody believes that a file removed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.core.entry import Body, Ref
from bot.core.file_read import Missing
from bot.gateways.content_out.sheet_rows import ReadSheet
from bot.gateways.content_out.xlsx_out import Table, tables_of


def missing_from(sheets: Sequence[ReadSheet], known: Mapping[Ref, Body | None], only: str) -> tuple[Missing, ...]:
    """Sheet by sheet; of a translator's file only what stood in their own column."""
    tables = tables_of(known, only)
    return tuple(_missing(sheets, {layout.name: _own(table, only) for layout, table in tables.items()}))


def _own(table: Table, only: str) -> Table:
    return {row: {only: texts[only]} for row, texts in table.items() if only in texts} if only else table


def _missing(sheets: Sequence[ReadSheet], tables: Mapping[str, Table]) -> Iterator[Missing]:
    for sheet in sheets:
        table = tables.get(sheet.layout.name, {})
        filled = {(sheet.layout.row(one.ref, one.part), sheet.layout.heading(one.ref, one.part)) for one in sheet.cells}
        columns = {heading for texts in table.values() for heading in texts} - sheet.headings
        there = table.keys() & sheet.rows
        cells = sum(heading not in columns and (row, heading) not in filled for row in there for heading in table[row])
        rows = len(table) - len(there)
        if rows or cells or columns:
            yield Missing(sheet.layout.name, rows, cells, tuple(sorted(columns)))
