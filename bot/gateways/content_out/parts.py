"""The fields of a body as single cells, and back: `sections.benefits`, `patterns.12`, `values.tr`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bot.core.entry import Body
from bot.gateways.content_out.fields import Fields, fields_of

NAMED: Final = frozenset({"sections", "values", "texts", "allowed_in"})  # one cell for each name
NUMBERED: Final = frozenset({"words", "exceptions", "patterns", "check_in", "examples"})  # one cell for each item
LISTED: Final = frozenset({"next", "effects", "numbers"})  # one cell, with commas
_COMMA: Final = ", "
_BAR: Final = " | "
_REVIEW: Final = ("status", "role", "date", "due")


def parts_of(body: Body | None) -> dict[str, str]:
    """Every cell of a body; none for None."""
    cells: dict[str, str] = {}
    for name, value in (fields_of(body) if body is not None else {}).items():
        cells |= _cells(name, value)
    return cells


def _cells(name: str, value: Any) -> dict[str, str]:
    if name == "allowed_in":
        return {f"{name}.{key}": _COMMA.join(topics) for key, topics in value.items()}
    if name == "values":
        return {f"{name}.{key}" if key else "value": text for key, text in value.items()}
    if name in NAMED:
        return {f"{name}.{key}": text for key, text in value.items()}
    if name in NUMBERED:
        return {f"{name}.{number}": text for number, text in enumerate(value, 1)}
    return {name: _cell(name, value)}


def _cell(name: str, value: Any) -> str:
    if name in LISTED:
        return _COMMA.join(value)
    if name == "sources":
        return "\n".join(_BAR.join((one["name"], one["url"], str(one["checked"]))) for one in value)
    if name == "review":
        return _BAR.join(str(value.get(part) or "-") for part in _REVIEW)
    if name == "tested_with":
        return "\n".join(json.dumps(item, ensure_ascii=False) for item in value)
    return "yes" if value is True else str(value)


def fields_from(parts: Mapping[str, str]) -> Fields:
    """The fields that cells tell. Raises ValueError(part, sentence) for a cell that cannot be read."""
    fields: Fields = {}
    numbered: dict[str, list[tuple[int, str]]] = {}
    for part, text in parts.items():
        name, _, key = part.partition(".")
        if name == "allowed_in":
            fields.setdefault(name, {})[key] = _split(text)
        elif name in NAMED:
            fields.setdefault(name, {})[key] = text
        elif name in NUMBERED:
            numbered.setdefault(name, []).append((int(key), text))
        else:
            fields[part] = _value(part, text)
    return fields | {name: [text for _, text in sorted(items)] for name, items in numbered.items()}


def _value(part: str, text: str) -> Any:
    if part in LISTED:
        return _split(text)
    if part == "sources":
        return [_source(line) for line in text.splitlines() if line.strip()]
    if part == "review":
        told = [one.strip().strip("-") or "" if one.strip() == "-" else one.strip() for one in text.split("|")]
        if len(told) != len(_REVIEW):
            raise ValueError(part, "Write it as: unreviewed | role | date | date of the next review, with - for none.")
        return dict(zip(_REVIEW, told, strict=True))
    if part == "tested_with":
        return [_reading(line) for line in text.splitlines() if line.strip()]
    return text


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _source(line: str) -> dict[str, str]:
    told = [one.strip() for one in line.rsplit("|", 2)]
    if len(told) != 3:  # noqa: PLR2004 - name, address, date
        raise ValueError("sources", "Write every source on a line of its own, as: name | https address | 2026-11-21.")
    return dict(zip(("name", "url", "checked"), told, strict=True))


def _reading(line: str) -> dict[str, str]:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise ValueError(  # noqa: TRY004 - of the same kind as every other cell that cannot be read
            "tested_with", "Leave this cell as it was exported; readings are recorded at the desk."
        )
    return {str(name): str(value) for name, value in told.items()}
