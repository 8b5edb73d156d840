"""Everything that can be said, read once and never changed while it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.core.language import LANGUAGES, SOURCE
from bot.core.triage import Flag, FlagPatterns

if TYPE_CHECKING:
    from bot.core.source_change import SourceChange

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text's facts come from, and when that was last looked at."""

    name: str
    url: str
    checked: date


@dataclass(frozen=True, slots=True)
class Review:
    """Who with knowledge of the field read a text: status "unreviewed" or "reviewed"."""

    status: str = "unreviewed"
    role: str = ""
    on: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One text under one key in one language, with placeholders not yet filled in."""

    key: str
    language: str
    text: str
    simple: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    pictogram: str = ""
    sources: tuple[Source, ...] = ()
    review: Review = Review()
    translates: str = ""
    tested_with: tuple[Mapping[str, str], ...] = ()
    next: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    where: str = field(default="", compare=False)  # `file:line`, or "desk"


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, age, amount or address that texts share; `values` per language, or one under "". `demo`: made up."""

    name: str
    values: Mapping[str, str]
    about: str
    source: str
    checked: date
    demo: bool = False

    def in_language(self, language: str) -> str:
        """The fact as it is written in a language."""
        return self.values.get(language) or self.values.get("") or self.values.get(SOURCE, "")


@dataclass(frozen=True, slots=True)
class Labels:
    """The short words of the interface in one language."""

    sections: Mapping[str, str]
    buttons: Mapping[str, str]
    menu: Mapping[str, str]
    topics: Mapping[str, str]
    pictograms: Mapping[str, str]
    commands: Mapping[str, str]
    page: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question residents ask. `kind`: "V" vaccination, "W" a worry, "" neither."""

    key: str
    group: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """One of the choices on the menu: an emoji and word, a pictogram, the topics behind it or a meta key."""

    key: str
    emoji: str
    pictogram: str
    topics: tuple[str, ...] = ()
    meta: str = ""


@dataclass(frozen=True, slots=True)
class FlagTexts:
    """What is said for a red flag in one language, with the facts whose numbers can be called."""

    flag: Flag
    language: str
    text: str
    question: str
    numbers: tuple[str, ...]
    pictogram: str
    review: Review = Review()

    @property
    def reviewed(self) -> bool:
        """Did somebody who knows read it?"""
        return self.review.status == "reviewed"


@dataclass(frozen=True, slots=True)
class Pressure:
    """Words of pressure in one language.

    `allowed_in` maps a word to the topics where it may stand, `exceptions` are innocent phrases.
    """

    words: tuple[str, ...]
    allowed_in: Mapping[str, tuple[str, ...]]
    exceptions: tuple[str, ...] = ()


def isolated(value: str, language: str) -> str:
    """A value set apart (Unicode first-strong isolate) in right-to-left text, or 0800-0113 would read 0113-0800.

    Also in a language that is none of ours, as emergency cards are: it may be written so.
    """
    ours = LANGUAGES.get(language)
    return value if ours and not ours.right_to_left else f"\u2068{value}\u2069"


@dataclass(frozen=True, slots=True)
class Content:
    """All texts of all languages. Keys of `answers` and `flags` are (key, language).

    `staff` holds what workers read on Telegram: language → key → text. `updating` are translations that are said
    with a line that they are being updated, `withdrawn` those that are not said any more (`core.drift`); `ready` are
    the ready-made messages of all teams: id → (name, language → text). `new_topics` were made at the desk and have a
    Dutch answer: the menu offers them last behind their group. `changes` are those of Dutch answers that the files
    remember, by key, oldest first.
    """

    answers: Mapping[tuple[str, str], Answer]
    labels: Mapping[str, Labels]
    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    meta: tuple[str, ...]
    menu: tuple[MenuGroup, ...]
    flags: Mapping[tuple[Flag, str], FlagTexts]
    patterns: tuple[FlagPatterns, ...]
    glossary: Mapping[str, Mapping[str, str]]
    pressure: Mapping[str, Pressure]
    cards: Mapping[str, str]
    pictograms: frozenset[str]
    staff: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    updating: frozenset[tuple[str, str]] = frozenset()
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    ready: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    new_topics: tuple[str, ...] = field(default=(), compare=False)
    changes: Mapping[str, tuple[SourceChange, ...]] = field(default_factory=dict)

    def filled(self, text: str, language: str, **more: str) -> str:
        """The text with its facts filled in. An unknown placeholder raises KeyError."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            return isolated(more[name] if name in more else self.facts[name].in_language(language), language)

        return PLACEHOLDER.sub(value, text)

    def find(self, key: str, language: str) -> Answer | None:
        """The text under a key: in this language unless it was withdrawn, else the source's, else None."""
        own = None if (key, language) in self.withdrawn else self.answers.get((key, language))
        return own or self.answers.get((key, SOURCE))
