"""The rules for what has no text for residents: topics, facts, and the names of ready-made messages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.core.content import Content, Fact, Topic
from bot.core.entry import Kind, ReadyText, Ref
from bot.core.finding import BLOCK, Finding

DESK: Final = "desk"
LONGEST_VALUE: Final = 200  # characters of a fact: it stands within a sentence
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_NAMES: Final = {
    Kind.FACT: (_NAME, "Use small letters a to z, digits and _."),
    Kind.TOPIC: (_NAME, "Use small letters a to z, digits and _."),
    Kind.TERM: (
        re.compile(r"[^\s/?#](?:[^/?#\x00-\x1f]{0,78}[^\s/?#])?"),
        "Use at most 80 characters, without / ? and #.",
    ),
    Kind.TEMPLATE: (re.compile(r"[A-Za-z0-9_-]{1,40}"), "Use at most 40 letters, digits, _ and -."),
}
_NOT_IN_A_LINE: Final = frozenset({"Cc", "Zl", "Zp"})  # kinds of characters: control, and ends of lines
_TURNED: Final = frozenset("{}\u202d\u202e")  # braces, and what makes 112 look like 211
_FIRST_DAY: Final = date(2000, 1, 1)  # a year of two digits, as 0026, is a slip
_TOMORROW: Final = timedelta(days=1)  # here it may be a day later than by the clock of the program


def found(ref: Ref, rule: str, text: str, suggestion: str) -> Finding:
    """A finding of the desk's own that blocks."""
    return Finding(DESK, ref.key, ref.language, rule, BLOCK, text, suggestion)


def check_name(ref: Ref) -> Iterator[Finding]:
    """A name that programs can read, and that an address can hold."""
    known, advice = _NAMES.get(ref.kind, (None, ""))
    if known is not None and not known.fullmatch(ref.key):
        yield found(ref, "bad_name", f"“{ref.key[:40]}” is no name", advice)


def check_topic(ref: Ref, topic: Topic, base: Content) -> Iterator[Finding]:
    """A group of the menu, a kind that there is, and a name that is free."""
    groups = {one.group for one in base.topics.values()} | {group.key for group in base.menu}
    if topic.group not in groups:
        yield found(ref, "unknown_group", f"there is no group “{topic.group}”", "Choose a group of the list.")
    if topic.kind not in {"V", "W", ""}:
        yield found(ref, "bad_name", f"there is no kind “{topic.kind}”", "Choose vaccination, a worry, or neither.")
    if ref.key in base.meta:
        yield found(ref, "bad_name", f"“{ref.key}” is in use for the talk itself", "Choose another name.")


def check_fact(ref: Ref, fact: Fact, today: date) -> Iterator[Finding]:
    """A value for Dutch that can stand within a sentence, what it is, where it stands, and when somebody looked."""
    if not fact.values or not all(map(_can_be_read, fact.values.values())):
        yield found(ref, "no_value", "a value is empty", "Fill in the value, or take the language away.")
    elif not {"", "nl"} & fact.values.keys():
        yield found(ref, "no_value", "there is no value for Dutch", "Fill in the Dutch value, or one for all.")
    if not all(map(_fits_a_sentence, fact.values.values())):
        advice = f"Write one line of at most {LONGEST_VALUE} characters, without braces."
        yield found(ref, "bad_value", "a value cannot stand within a sentence", advice)
    if not _FIRST_DAY <= fact.checked <= today + _TOMORROW:
        yield found(ref, "bad_day", "nobody can have looked on that day", "Fill in the day on which you looked.")
    if not fact.about.strip():
        yield found(ref, "no_about", "it does not say what this is", "Say what it is, in a few words.")
    if not fact.demo and not fact.source.startswith("https://"):
        yield found(ref, "poor_source", "the source is no https address", "Give the page where this stands.")


def _can_be_read(value: str) -> bool:
    return any(character.isalnum() for character in value)


def _fits_a_sentence(value: str) -> bool:
    kinds = {unicodedata.category(character) for character in value}
    return len(value) <= LONGEST_VALUE and not kinds & _NOT_IN_A_LINE and not _TURNED & set(value)


def check_ready(ref: Ref, ready: ReadyText) -> Iterator[Finding]:
    """A name and a text."""
    if not ready.name.strip():
        yield found(ref, "bad_name", "it has no name", "Give it a name for colleagues.")
    if not any(text.strip() for text in ready.texts.values()):
        yield found(ref, "no_text", "there is no text", "Write it in at least one language.")
