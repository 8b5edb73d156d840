"""All content as a workbook for people: a row for every text, a column for every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection

from bot.core.entry import Body, Ref
from bot.core.language import LANGUAGES, SOURCE
from bot.gateways.content_out.layout import LAYOUT_OF, READ_ME, Layout, Row, layouts
from bot.gateways.content_out.parts import parts_of
from bot.gateways.content_out.refs import in_order

_MOST_CHARACTERS: Final = 32_767  # of a cell: a longer text is left out rather than cut
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take such a text for a formula
_WIDE, _NARROW = 60, 24
_GREY: Final = PatternFill("solid", fgColor="EDEDED")
_TOP: Final = Alignment(wrap_text=True, vertical="top")

_HOW: Final = (
    "Buurtvraag: texts out and in",
    "Every sheet has a row for every text and a column for every language. Change, add or correct what you like.",
    "Leave the first row, the columns “key” and “part”, and the names of the sheets as they are.",
    "An empty cell means: not there. It never removes a text. Texts are removed at the desk.",
    "Words in curly brackets, such as {emergency_number}, are filled in later. Keep them as they are.",
    "Write no formulas, and merge no cells: the file would be refused.",
    "The file is taken in as a whole or not at all. You see first what changes.",
    "A text that changes counts as unreviewed. Texts for danger are looked at by a second person first.",
)
_ONE: Final = (
    "This file is for one language: {only}. The grey column is the Dutch text, to read. Write in the column {only}."
)


def to_xlsx(entries: Mapping[Ref, Body | None], languages: tuple[str, ...] = tuple(LANGUAGES), only: str = "") -> bytes:
    """The workbook; with `only` the small file for a translator into that language."""
    book = Workbook(write_only=True)
    _read_me(book, only)
    tables = tables_of(entries, only)
    for layout in layouts(only):
        _sheet(book, layout, tables.get(layout, {}), layout.headings(languages, only), only)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


Table = dict[Row, dict[str, str]]


def tables_of(entries: Mapping[Ref, Body | None], only: str = "") -> dict[Layout, Table]:
    """What stands in every sheet of an export: row → heading → text."""
    tables: dict[Layout, Table] = {}
    for ref in sorted(entries, key=in_order):
        layout = LAYOUT_OF[ref.kind]
        table = tables.setdefault(layout, {})
        for part, text in parts_of(entries[ref]).items():
            if not only or _is_shown(layout, ref, part, only):
                table.setdefault(layout.row(ref, part), {})[layout.heading(ref, part)] = text
    return tables


def _is_shown(layout: Layout, ref: Ref, part: str, only: str) -> bool:
    """The Dutch beside the own language; a glossary's terms are of one language each."""
    shown = {only} if layout.name == "glossary" else {SOURCE, only}
    return layout.for_translator(part) and layout.heading(ref, part) in shown


def _read_me(book: Workbook, only: str) -> None:
    sheet = book.create_sheet(READ_ME)
    sheet.column_dimensions["A"].width = 2 * _WIDE
    for number, line in enumerate((*_HOW, *((_ONE.format(only=only),) if only else ()))):
        cell = WriteOnlyCell(sheet, line)
        cell.font, cell.alignment = Font(bold=number == 0), _TOP
        sheet.append([cell])


def _sheet(book: Workbook, layout: Layout, table: Table, headings: tuple[str, ...], only: str) -> None:
    sheet = book.create_sheet(layout.name)
    sheet.freeze_panes = sheet_corner(len(layout.names))
    sheet.protection.sheet = bool(only)  # without a password: a reminder, no lock
    for number, heading in enumerate(headings):
        letter = chr(ord("A") + number)
        sheet.column_dimensions[letter].width = _NARROW if heading in layout.names else _WIDE
    sheet.append(list(_cells(sheet, headings, headings, only, bold=True)))
    for row, texts in table.items():
        named = dict(zip(layout.names, row, strict=True))
        sheet.append(list(_cells(sheet, headings, [(named | texts).get(name, "") for name in headings], only)))


def sheet_corner(names: int) -> str:
    """The cell up to which a sheet stays in view: under the headings, right of the names."""
    return f"{chr(ord('A') + names)}2"


def _cells(
    sheet: Any, headings: tuple[str, ...], texts: tuple[str, ...] | list[str], only: str, *, bold: bool = False
) -> Iterator[Any]:
    for heading, text in zip(headings, texts, strict=True):
        open_to_write = not bold and heading == only
        if not text and not open_to_write:
            yield None
            continue
        cell = WriteOnlyCell(sheet)
        cell.number_format, cell.alignment = "@", _TOP
        if only:
            cell.protection = Protection(locked=not open_to_write)
            cell.fill = PatternFill() if open_to_write else _GREY
        if bold:
            cell.font = Font(bold=True)
        _write(cell, text)
        yield cell


def _write(cell: Any, text: str) -> None:
    """A text, and nothing but a text: no spreadsheet runs it."""
    if not text or len(text) > _MOST_CHARACTERS:
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if text.startswith(_RUNS):
        cell.quotePrefix = True
