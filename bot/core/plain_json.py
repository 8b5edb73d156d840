"""Frozen dataclasses as JSON, and back: nothing is lost, and a text of an older or a newer program can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dumps(value: object) -> str:
    """The JSON of a dataclass, or of a tuple of them.

    Fields stand in the order of the class and mappings in their own, which counts: sections are shown in it.
    Only ASCII, so that any letter a keyboard can make fits in any column of text.
    """
    return json.dumps(_plain(value), separators=(",", ":"))


def loads(shape: type[T], text: str) -> T:
    """The dataclass, or the `tuple[X, ...]`, again.

    What is missing has the default of the class, what the class does not know is left out. Raises ValueError when
    something is missing that has no default.
    """
    try:
        made: T = _made(shape, json.loads(text))
    except (TypeError, AttributeError) as error:
        raise ValueError(f"This JSON is no {getattr(shape, '__name__', shape)}: {error}") from error
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _made(shape: Any, raw: Any) -> Any:
    inner = get_args(shape)
    if get_origin(shape) is UnionType:  # in these classes always "or None"
        return None if raw is None else _made(next(one for one in inner if one is not NoneType), raw)
    if get_origin(shape) is tuple:
        return tuple(_made(inner[0], one) for one in raw)
    if get_origin(shape) is not None:  # a mapping from text
        return {key: _made(inner[1], one) for key, one in raw.items()}
    if is_dataclass(shape):
        return _made_of(shape, raw)
    if issubclass(shape, date):
        return shape.fromisoformat(raw)
    return shape(raw) if issubclass(shape, Enum | float) else raw


def _made_of(shape: Any, raw: Mapping[str, Any]) -> Any:
    known = _shapes(shape)
    return shape(**{name: _made(known[name], one) for name, one in raw.items() if name in known})


@cache
def _shapes(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape)
