"""A workbook of content read in: all of it or nothing, every problem with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pydantic import ValidationError

from bot.core.entry import Body, Kind, Ref
from bot.core.file_read import FileRead
from bot.core.language import LANGUAGES
from bot.gateways.content_out.known_names import hold_to_what_is_known
from bot.gateways.content_out.layout import READ_ME, layouts
from bot.gateways.content_out.missing import missing_from
from bot.gateways.content_out.parts import fields_from, parts_of
from bot.gateways.content_out.problems import Problems, refused
from bot.gateways.content_out.refs import in_order
from bot.gateways.content_out.shapes import body_of
from bot.gateways.content_out.sheet_rows import Given, ReadSheet, read_sheet
from bot.gateways.content_out.xlsx_guard import guarded, is_sheet

Known = Mapping[Ref, Body | None]


def from_xlsx(data: bytes, known: Known, only: str = "") -> dict[Ref, Body | None]:
    """The entries of a workbook: see `read_xlsx`."""
    return dict(read_xlsx(data, known, only).entries)


def read_xlsx(data: bytes, known: Known, only: str = "") -> FileRead:
    """The entries of the file, what it leaves empty taken from the known ones. Raises ImportRefused.

    With `only` the file can change that language alone.
    """
    problems = Problems()
    sheets = _sheets(data, known, only, problems)
    cells = [cell for sheet in sheets for cell in sheet.cells]
    hold_to_what_is_known(cells, known, only, problems)
    problems.refuse_if_any()
    found = {ref: _body(ref, given, known, problems) for ref, given in _by_entry(cells).items()}
    problems.refuse_if_any()
    entries = {ref: body for ref, body in found.items() if body is not None}
    return FileRead(entries, missing_from(sheets, known, only))


def _sheets(data: bytes, known: Known, only: str, problems: Problems) -> list[ReadSheet]:
    merged = guarded(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:
        raise refused(
            "the file", "This workbook cannot be read. Open it in your spreadsheet and save it anew."
        ) from error
    try:
        return list(_read(book, known, merged, only, problems))
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, EOFError) as error:
        raise refused(
            "the file", "A sheet cannot be read. Open the file in your spreadsheet and save it anew."
        ) from error
    finally:
        book.close()


def _read(
    book: Any, known: Known, merged: Mapping[str, list[str]], only: str, problems: Problems
) -> Iterator[ReadSheet]:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    expected = {layout.name: layout for layout in layouts(only)}
    for name in sheets.keys() - expected.keys() - {READ_ME}:
        problems.add(f"sheet {name}", f"There is no such sheet. The sheets are: {', '.join(expected)}. Take it out.")
    languages = _languages(known)
    for name, layout in expected.items():
        if name not in sheets:
            problems.add(f"sheet {name}", "This sheet is missing. Begin from a new export and leave its sheets.")
            continue
        if not is_sheet(_path(sheets[name])):
            problems.add(f"sheet {name}", "A sheet cannot be read. Open the file in your spreadsheet and save it anew.")
            continue
        for cells in merged.get(_path(sheets[name]), ()):
            problems.add(f"sheet {name}, cells {cells}", "These cells are merged. Split them into cells of their own.")
        yield read_sheet(sheets[name], layout, languages, only, problems)


def _path(sheet: Any) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _languages(known: Known) -> frozenset[str]:
    """Ours, and those of values and ready-made texts that are there already."""
    named = {
        part.partition(".")[2]
        for ref, body in known.items()
        if ref.kind in {Kind.FACT, Kind.TEMPLATE}
        for part in parts_of(body)
        if part.startswith(("values.", "texts."))
    }
    return frozenset(LANGUAGES) | named


def _by_entry(cells: list[Given]) -> dict[Ref, dict[str, Given]]:
    entries: dict[Ref, dict[str, Given]] = {}
    for cell in cells:
        entries.setdefault(cell.ref, {})[cell.part] = cell
    return dict(sorted(entries.items(), key=lambda item: in_order(item[0])))


def _body(ref: Ref, given: Mapping[str, Given], known: Known, problems: Problems) -> Body | None:
    parts = parts_of(known.get(ref)) | {part: cell.text for part, cell in given.items()}
    place = next(iter(given.values())).place
    try:
        return body_of(ref, fields_from(parts))
    except ValidationError as error:
        for one in error.errors():
            field = str(one["loc"][0]) if one["loc"] else ""
            problems.add(_place_of(field, given) or place, _told(ref, field, one["type"], one["msg"]))
    except ValueError as error:
        part, sentence = error.args if len(error.args) > 1 else ("", f"{error}.")
        problems.add(_place_of(part, given) or place, sentence)
    return None


def _place_of(field: str, given: Mapping[str, Given]) -> str:
    return next((cell.place for part, cell in given.items() if field and part.partition(".")[0] == field), "")


def _told(ref: Ref, field: str, kind: str, message: str) -> str:
    if kind in {"missing", "string_too_short"}:
        return f"{ref.key} has no “{field}” here, and cannot do without. Write it."
    return f"{field}: {message}."
