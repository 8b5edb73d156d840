"""One field of an entry's form: how it is filled in, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.desk.forms import Given

ALL: Final = 1_000_000  # characters: a field is as long as the whole form may be
Options = Sequence[tuple[str, str]]


class Shape(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    PROSE = "prose"
    LINES = "lines"  # one a line
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Input:
    """One field. `label` and `hint` are English sentences of the desk; a label may be filled in with `named`.

    `language` is that of its words, "" for what is no text for residents. `options` are (value, name).
    """

    name: str
    label: str
    shape: Shape
    value: str = ""
    language: str = ""
    hint: str = ""
    options: Options = ()
    chosen: frozenset[str] = frozenset()
    named: str = ""

    @property
    def rows(self) -> int:
        """How high a field of more lines is."""
        lines = self.value.count("\n") + 2 + (len(self.value) // 70 if self.shape is Shape.PROSE else 0)
        return min(max(lines, 3), 24)


def as_sent(field: Input, form: Given) -> Input:
    """The field as it was sent."""
    if field.shape in {Shape.CHOICES, Shape.TICK}:
        return replace(field, chosen=frozenset(form.all(field.name)))
    return replace(field, value=form.text(field.name, ALL).replace("\r\n", "\n"))
