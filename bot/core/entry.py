"""What an editor can change: one entry of the content, named by what it is, its key and its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.content import Answer, Fact, FlagTexts, Pressure, Topic
from bot.core.triage import FlagPatterns


class Kind(StrEnum):
    """What an entry is. In brackets: its key, and whether it has a language."""

    ANSWER = "answer"  # a text that is said (utter_flu_jab, per language): Answer
    TOPIC = "topic"  # a question residents ask (flu_jab): Topic
    LABEL = "label"  # a short word of the interface ("topics.flu_jab", per language): Words
    FACT = "fact"  # a number, age, amount or address (emergency_number): Fact
    FLAG = "flag"  # what is said for a danger, and the phrases that see it (suicide, per language): RedFlag
    TERM = "term"  # a hard word of the glossary ("huisarts", per language): Words
    PRESSURE = "pressure"  # the list of words of pressure ("words", per language): Pressure
    CARD = "card"  # the emergency card for a language that is not ours (its code): Words
    EXAMPLES = (
        "examples"  # questions that teach a topic or meta key, beside those of nlu/ (flu_jab, per language): Examples
    )
    TEMPLATE = "template"  # a ready-made message of all teams (its id): ReadyText


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Which entry. `language` is "" for what has none."""

    kind: Kind
    key: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text without more: a label, an explanation, a card."""

    text: str


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A danger in one language: what is said, and the phrases that see it."""

    texts: FlagTexts
    patterns: FlagPatterns


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions as residents type them, that all mean the same topic or meta key."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A ready-made message of all teams: its name for colleagues, and one text per language."""

    name: str
    texts: Mapping[str, str] = field(default_factory=dict)


Body = Answer | Topic | Fact | Words | RedFlag | Pressure | Examples | ReadyText
