"""What stands where in a workbook of content: its sheets, their columns, and which entry a cell is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.language import SOURCE

READ_ME: Final = "read me"
Row = tuple[str, ...]  # the key, and the part where a sheet has a column for it


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet.

    `names` are the columns that say which row it is, `fixed` columns without a language. `prefix` is the part that a
    language column holds where the entry itself has no language ("values."), "" where the column is the entry's.
    `translated` matches the parts that a translator's own file has, None when the sheet is none of theirs.
    """

    name: str
    kind: Kind
    names: tuple[str, ...] = ("key",)
    fixed: tuple[str, ...] = ()
    spoken: bool = True
    prefix: str = ""
    parts: re.Pattern[str] = re.compile("text")
    translated: re.Pattern[str] | None = None

    def row(self, ref: Ref, part: str) -> Row:
        """Which row a part stands in."""
        return (ref.key, part) if len(self.names) > 1 else (ref.key,)

    def heading(self, ref: Ref, part: str) -> str:
        """Which column it stands in."""
        if part in self.fixed:
            return part
        return part.removeprefix(self.prefix) if self.prefix else ref.language

    def cell(self, row: Row, heading: str) -> tuple[Ref, str]:
        """Which entry a cell belongs to, and which part of it."""
        if heading in self.fixed:
            return Ref(self.kind, row[0]), heading
        if self.prefix:
            return Ref(self.kind, row[0]), self.prefix + heading
        return Ref(self.kind, row[0], heading), row[1] if len(self.names) > 1 else "text"

    def headings(self, languages: tuple[str, ...], only: str = "") -> tuple[str, ...]:
        """All columns, for all languages or for one translator."""
        if only:
            return (*self.names, *dict.fromkeys((SOURCE, only)))
        return (*self.names, *self.fixed, *(languages if self.spoken else ()))

    def for_translator(self, part: str) -> bool:
        """May a translator change this part?"""
        return self.translated is not None and self.translated.fullmatch(part) is not None


_PARTED: Final = ("key", "part")
_WORDS: Final = re.compile("text")
LAYOUTS: Final = (
    Layout(
        "answers",
        Kind.ANSWER,
        _PARTED,
        parts=re.compile(
            r"text|simple|sections\.\w+|pictogram|next|effects|sources|review|translates|tested_with", re.ASCII
        ),
        translated=re.compile(r"text|simple|sections\.\w+"),
    ),
    Layout("labels", Kind.LABEL, translated=_WORDS),
    Layout(
        "facts",
        Kind.FACT,
        fixed=("value", "about", "source", "checked", "demo"),
        prefix="values.",
        parts=re.compile(r"value|about|source|checked|demo|values\.[a-z]+"),
        translated=re.compile(r"values\.[a-z]+"),
    ),
    Layout("glossary", Kind.TERM, translated=_WORDS),
    Layout(
        "pressure",
        Kind.PRESSURE,
        _PARTED,
        parts=re.compile(r"(?:words|exceptions)\.[1-9]\d{0,3}|allowed_in\..+", re.ASCII),
    ),
    Layout(
        "red_flags",
        Kind.FLAG,
        _PARTED,
        parts=re.compile(
            r"text|question|numbers|pictogram|review|(?:patterns|check_in|exceptions)\.[1-9]\d{0,3}", re.ASCII
        ),
        translated=re.compile("text|question"),
    ),
    Layout("cards", Kind.CARD, fixed=("text",), spoken=False),
    Layout("topics", Kind.TOPIC, fixed=("group", "kind"), spoken=False, parts=re.compile("group|kind")),
    Layout(
        "templates",
        Kind.TEMPLATE,
        fixed=("name",),
        prefix="texts.",
        parts=re.compile(r"name|texts\.[a-z]+"),
        translated=re.compile(r"texts\.[a-z]+"),
    ),
    Layout("examples", Kind.EXAMPLES, _PARTED, parts=re.compile(r"examples\.[1-9]\d{0,3}", re.ASCII)),
)
LAYOUT_OF: Final = {layout.kind: layout for layout in LAYOUTS}


def layouts(only: str = "") -> tuple[Layout, ...]:
    """The sheets of a whole file, or of one for a translator."""
    return tuple(layout for layout in LAYOUTS if not only or layout.translated)
