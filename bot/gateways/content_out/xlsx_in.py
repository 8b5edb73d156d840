"""A workbook of content read in: all of it or nothing, every problem with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from pydantic import ValidationError

from bot.core.content import PLACEHOLDER
from bot.core.entry import Body, Kind, Ref
from bot.core.language import LANGUAGES
from bot.gateways.content_files import RENDERED
from bot.gateways.content_out.fields import body_of
from bot.gateways.content_out.layout import LAYOUT_OF, READ_ME, Layout, layouts
from bot.gateways.content_out.parts import fields_from, parts_of
from bot.gateways.content_out.problems import Problems, refused
from bot.gateways.content_out.refs import in_order, wrong_with
from bot.gateways.content_out.sheet_rows import Given, given_in
from bot.gateways.content_out.xlsx_guard import guarded

Known = Mapping[Ref, Body | None]
_FILLED_IN: Final = frozenset({Kind.ANSWER, Kind.FLAG, Kind.CARD, Kind.LABEL})
_LIKE: Final = {"values": "value"}  # the part that another one may stand for


def from_xlsx(data: bytes, known: Known, only: str = "") -> dict[Ref, Body]:
    """The entries of the file, what it leaves empty taken from the known ones. Raises ImportRefused.

    With `only` the file can change that language alone.
    """
    merged = guarded(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:
        raise refused(
            "the file", "This workbook cannot be read. Open it in your spreadsheet and save it anew."
        ) from error
    problems = Problems()
    try:
        cells = list(_cells(book, known, merged, only, problems))
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, EOFError) as error:
        raise refused(
            "the file", "A sheet cannot be read. Open the file in your spreadsheet and save it anew."
        ) from error
    finally:
        book.close()
    _hold_to_what_is_known(cells, known, only, problems)
    problems.refuse_if_any()
    found = {ref: _body(ref, given, known, problems) for ref, given in _by_entry(cells).items()}
    problems.refuse_if_any()
    return {ref: body for ref, body in found.items() if body is not None}


def _cells(book: Any, known: Known, merged: Mapping[str, list[str]], only: str, problems: Problems) -> Iterator[Given]:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    expected = {layout.name: layout for layout in layouts(only)}
    for name in sheets.keys() - expected.keys() - {READ_ME}:
        problems.add(f"sheet {name}", f"There is no such sheet. The sheets are: {', '.join(expected)}. Take it out.")
    languages = _languages(known)
    for name, layout in expected.items():
        if name not in sheets:
            problems.add(f"sheet {name}", "This sheet is missing. Begin from a new export and leave its sheets.")
            continue
        for cells in merged.get(_path(sheets[name]), ()):
            problems.add(f"sheet {name}, cells {cells}", "These cells are merged. Split them into cells of their own.")
        yield from given_in(sheets[name], layout, languages, only, problems)


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


def _hold_to_what_is_known(cells: list[Given], known: Known, only: str, problems: Problems) -> None:
    """Unknown keys, parts and placeholders."""
    keys = _keys(known, cells)
    names = _placeholders(known) | {cell.ref.key for cell in cells if cell.ref.kind is Kind.FACT}
    sections = {ref.key.removeprefix("sections.") for ref in known if ref.kind is Kind.LABEL}
    for cell in cells:
        layout = LAYOUT_OF[cell.ref.kind]
        if wrong := wrong_with(cell.ref) or _unknown_key(cell.ref, keys):
            problems.add(cell.place, wrong)
        elif not _is_part(layout, cell.part, sections, only):
            problems.add(cell.place, f"“{cell.part}” is no part that can be written here. Take this row out.")
        elif cell.ref.kind in _FILLED_IN:
            for name in sorted(set(PLACEHOLDER.findall(cell.text)) - names):
                problems.add(cell.place, f"{{{name}}} is not known. Use the placeholders of the Dutch text.")


def _is_part(layout: Layout, part: str, sections: set[str], only: str) -> bool:
    if only and not layout.for_translator(part):
        return False
    name, _, section = part.partition(".")
    return bool(layout.parts.fullmatch(part)) and (name != "sections" or not sections or section in sections)


def _keys(known: Known, cells: list[Given]) -> frozenset[tuple[Kind, str]]:
    """Which keys there are, in whichever language; a topic that the file adds brings its own."""
    found = {(ref.kind, ref.key) for ref in known}
    topics = {ref.key for ref in [*known, *(cell.ref for cell in cells)] if ref.kind is Kind.TOPIC}
    found |= {pair for key in topics for pair in ((Kind.ANSWER, f"utter_{key}"), (Kind.LABEL, f"topics.{key}"))}
    talk = {(Kind.EXAMPLES, key.removeprefix("utter_")) for kind, key in found if kind is Kind.ANSWER}
    return frozenset(found | talk)


def _unknown_key(ref: Ref, keys: frozenset[tuple[Kind, str]]) -> str:
    new = ref.kind not in {Kind.ANSWER, Kind.LABEL, Kind.EXAMPLES} or (ref.kind, ref.key) in keys
    return "" if new else f"There is no {ref.kind} “{ref.key}”. Copy the key from a new export."


def _placeholders(known: Known) -> frozenset[str]:
    facts = {ref.key for ref in known if ref.kind is Kind.FACT}
    texts = [text for ref, body in known.items() if ref.kind in _FILLED_IN for text in parts_of(body).values()]
    return frozenset(facts | RENDERED | {name for text in texts for name in PLACEHOLDER.findall(text)})


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
