"""Everything that can be said, read once and never changed while it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.core.language import LANGUAGES, SOURCE
from bot.core.triage import Flag, FlagPatterns

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
    where: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, age, amount or address that texts share; `values` per language, or one under ""."""

    name: str
    values: Mapping[str, str]
    about: str
    source: str
    checked: date

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
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Pressure:
    """Words of pressure in one language.

    `allowed_in` maps a word to the topics where it may stand, `exceptions` are innocent phrases.
    """

    words: tuple[str, ...]
    allowed_in: Mapping[str, tuple[str, ...]]
    exceptions: tuple[str, ...] = ()


def isolated(value: str, language: str) -> str:
    """A value set apart (Unicode first-strong isolate) in right-to-left text, or 0800-0113 would read 0113-0800."""
    return f"\u2068{value}\u2069" if LANGUAGES[language].right_to_left else value


@dataclass(frozen=True, slots=True)
class Content:
    """All texts of all languages. Keys of `answers` and `flags` are (key, language).

    `staff` holds what workers read on Telegram: language → key → text.
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

    def filled(self, text: str, language: str, **more: str) -> str:
        """The text with its facts filled in. An unknown placeholder raises KeyError."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            return isolated(more[name] if name in more else self.facts[name].in_language(language), language)

        return PLACEHOLDER.sub(value, text)

    def find(self, key: str, language: str) -> Answer | None:
        """The text under a key: in this language, else the source's, else None."""
        return self.answers.get((key, language)) or self.answers.get((key, SOURCE))
