"""Values written as the project's YAML files write them: a sentence a line, short lists in brackets."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any, Final

import yaml

_SHORT: Final = 72
_SENTENCE: Final = re.compile(r"(?<=[.?!؟…]) (?=\S)")
_PLAIN: Final = re.compile(r"[^\W\d_][\w-]*(?: [\w(][\w()-]*)*")
_OPEN: Final = frozenset({"metadata", "sections", "responses"})  # never in brackets
_TAKEN: Final = frozenset({"null", "yes", "no", "true", "false", "on", "off", "y", "n"})


def written(value: Any, indent: int) -> str:
    """What follows `key:` (or `-`) at this indent: with its blank or line end in front."""
    if isinstance(value, str) and (len(value) > _SHORT or "\n" in value):
        return f" {_long(value, indent + 2)}"
    if isinstance(value, dict) and value and not _is_flat(value):
        return _block(value, indent)
    if isinstance(value, list) and value and not _is_short(value):
        return "\n" + "\n".join(f"{' ' * indent}{item(one, indent)}" for one in value)
    return f" {inline(value)}"


def _block(value: dict[str, Any], indent: int) -> str:
    return "\n" + "\n".join(f"{' ' * (indent + 2)}{entry(key, one, indent + 2)}" for key, one in value.items())


def entry(key: str, value: Any, indent: int) -> str:
    """`key: value`, without the indent of its first line."""
    told = _block(value, indent) if key in _OPEN and value else written(value, indent)
    return f"{inline(key)}:{told}"


def item(value: Any, indent: int) -> str:
    """`- value`, without the indent of its first line."""
    if isinstance(value, dict) and (len(value) == 1 or (value and not _is_flat(value))):
        lines = [entry(key, one, indent + 2) for key, one in value.items()]
        return "- " + f"\n{' ' * (indent + 2)}".join(lines)
    return f"-{written(value, indent)}"


def inline(value: Any) -> str:
    """A value on one line, wherever it stands."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(key)}: {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | int | float):
        return str(value)
    if value is None:
        return "null"
    return str(value) if _PLAIN.fullmatch(value) and value.lower() not in _TAKEN else _quoted(value)


def _quoted(text: str) -> str:
    """In double quotes: what JSON leaves as it is but YAML reads as a line end is told by number."""
    told = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda one: f"\\u{ord(one[0]):04x}", told)


def _is_flat(value: dict[Any, Any]) -> bool:
    return all(not isinstance(one, dict | list) and "\n" not in str(one) for one in value.values()) and (
        sum(len(str(one)) for one in value.values()) < 4 * _SHORT
    )


def _is_short(value: list[Any]) -> bool:
    return all(isinstance(one, str) for one in value) and sum(map(len, value)) < _SHORT


def _long(text: str, indent: int) -> str:
    """Folded with a sentence a line; literal where the text has lines of its own; else in quotes."""
    folded = [">-", *_SENTENCE.split(text)]
    mark = "|" if text.endswith("\n") else "|-"
    literal = [mark, *text.removesuffix("\n").split("\n")]
    for lines in (folded, literal):
        block = "\n".join([lines[0], *(f"{' ' * indent}{line}" if line else "" for line in lines[1:])])
        if _reads_as(block, text):
            return block
    return _quoted(text)


def _reads_as(block: str, text: str) -> bool:
    try:
        return bool(yaml.load(f"k: {block}\n", Loader=yaml.CSafeLoader) == {"k": text})
    except yaml.YAMLError:
        return False
