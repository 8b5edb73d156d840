"""The cells of a workbook held to what is known: keys, parts and placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.content import PLACEHOLDER
from bot.core.entry import Body, Kind, Ref
from bot.gateways.content_out.layout import LAYOUT_OF, Layout
from bot.gateways.content_out.parts import parts_of
from bot.gateways.content_out.problems import Problems
from bot.gateways.content_out.refs import wrong_with
from bot.gateways.content_out.sheet_rows import Given
from bot.gateways.content_references import RENDERED

Known = Mapping[Ref, Body | None]
_FILLED_IN: Final = frozenset({Kind.ANSWER, Kind.FLAG, Kind.CARD, Kind.LABEL})


def hold_to_what_is_known(cells: list[Given], known: Known, only: str, problems: Problems) -> None:
    """Tells of unknown keys, parts and placeholders; with `only` of what a translator may not change."""
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
