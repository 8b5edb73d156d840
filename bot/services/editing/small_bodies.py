"""The rules for what has no text for residents: topics, facts, and the names of ready-made messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.core.content import Content, Fact, Topic
from bot.core.entry import Kind, ReadyText, Ref
from bot.core.finding import BLOCK, Finding

DESK: Final = "desk"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")


def found(ref: Ref, rule: str, text: str, suggestion: str) -> Finding:
    """A finding of the desk's own that blocks."""
    return Finding(DESK, ref.key, ref.language, rule, BLOCK, text, suggestion)


def check_name(ref: Ref) -> Iterator[Finding]:
    """A name that programs can read, of what is named by its key alone."""
    if ref.kind in {Kind.FACT, Kind.TOPIC} and not _NAME.fullmatch(ref.key):
        yield found(ref, "bad_name", f"“{ref.key}” is no name", "Use small letters a to z, digits and _.")


def check_topic(ref: Ref, topic: Topic, base: Content) -> Iterator[Finding]:
    """A group of the menu, a kind that there is, and a name that is free."""
    groups = {one.group for one in base.topics.values()} | {group.key for group in base.menu}
    if topic.group not in groups:
        yield found(ref, "unknown_group", f"there is no group “{topic.group}”", "Choose a group of the list.")
    if topic.kind not in {"V", "W", ""}:
        yield found(ref, "bad_name", f"there is no kind “{topic.kind}”", "Choose vaccination, a worry, or neither.")
    if ref.key in base.meta:
        yield found(ref, "bad_name", f"“{ref.key}” is in use for the talk itself", "Choose another name.")


def check_fact(ref: Ref, fact: Fact) -> Iterator[Finding]:
    """A value for Dutch, what it is, and where it stands."""
    if not fact.values or not all(value.strip() for value in fact.values.values()):
        yield found(ref, "no_value", "a value is empty", "Fill in the value, or take the language away.")
    elif not fact.in_language("nl").strip():
        yield found(ref, "no_value", "there is no value for Dutch", "Fill in the Dutch value, or one for all.")
    if not fact.about.strip():
        yield found(ref, "no_about", "it does not say what this is", "Say what it is, in a few words.")
    if not fact.demo and not fact.source.startswith("https://"):
        yield found(ref, "poor_source", "the source is no https address", "Give the page where this stands.")


def check_ready(ref: Ref, ready: ReadyText) -> Iterator[Finding]:
    """A name and a text."""
    if not ready.name.strip():
        yield found(ref, "bad_name", "it has no name", "Give it a name for colleagues.")
    if not any(text.strip() for text in ready.texts.values()):
        yield found(ref, "no_text", "there is no text", "Write it in at least one language.")
