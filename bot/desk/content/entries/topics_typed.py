"""Topics in a field of a form: by their names, as editors know them; their keys are understood as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.core.content import Content
from bot.desk.content.entry_names import Names
from bot.desk.content.lessons.topic_names import key_named

_BETWEEN: Final = "; "  # no comma: names have them ("Mazelen, bof en rodehond")


def topics_typed(keys: Iterable[str], content: Content, language: str) -> str:
    """Topics by name, as they stand in the field; by key where the name would be read as another topic."""
    names = Names(content, language)
    return _BETWEEN.join(name if key_named(content, name := names.topic(key)) == key else key for key in keys)


def topics_read(typed: str, content: Content) -> tuple[str, ...]:
    """The keys of the topics that somebody typed; what is no topic stays as it was typed."""
    return tuple(dict.fromkeys(_keys(typed, content)))


def _keys(typed: str, content: Content) -> Iterator[str]:
    for part in filter(None, map(str.strip, typed.split(";"))):
        key = key_named(content, part)
        yield from [key] if key else (key_named(content, one) or one for one in _between_commas(part))


def _between_commas(part: str) -> Iterator[str]:
    return filter(None, map(str.strip, part.split(",")))
