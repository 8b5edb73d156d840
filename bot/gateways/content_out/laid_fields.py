"""The fields of an entry laid into what a file says of it: what stays the same is not touched."""

from __future__ import annotations

from typing import Any, Final

from bot.gateways.content_out.fields import Fields

_REVIEW: Final[Fields] = {"status": "unreviewed", "role": "", "date": None, "due": None}


def lay_answer(raw: dict[str, Any], old: Fields, new: Fields) -> None:
    """The text of an answer, and the rest under `metadata` where it differs."""
    raw["text"] = raw["text"] if old.get("text") == new["text"] else new["text"]
    rest = [{name: value for name, value in fields.items() if name != "text"} for fields in (old, new)]
    if rest[0] != rest[1] or _names(old.get("sections")) != _names(new.get("sections")):
        lay(raw.setdefault("metadata", {}), *rest)


def lay(raw: dict[str, Any], old: Fields, new: Fields) -> None:
    """Sets what differs; the rest of the node stays as it is, known to us or not."""
    for name in old.keys() - new.keys():
        if isinstance(raw.get(name), list):
            raw[name] = []
        else:
            raw.pop(name, None)
    for name, value in new.items():
        if old.get(name) != value or _names(old.get(name)) != _names(value):
            raw[name] = _laid(name, raw.get(name), value)


def _laid(name: str, raw: Any, value: Any) -> Any:
    if name == "review":
        return {**(raw or {}), **_REVIEW, **value}
    if name == "sections":
        return {part: _kept((raw or {}).get(part), text) for part, text in value.items()}
    return value


def _kept(raw: Any, text: str) -> str:
    """The words as they stand, when they say this already."""
    return raw if isinstance(raw, str) and raw.strip() == text else text


def _names(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []
