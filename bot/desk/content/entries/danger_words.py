"""Which phrases of a danger would see a message, and which speak for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.core.entry import Body, RedFlag
from bot.core.triage import FlagPatterns, PatternError, Triage
from bot.services.editing.entry_fit import too_large


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a message: "sure", "doubt" or "" for nothing; the phrases that saw it, and those of innocence.

    `unreadable` are phrases that cannot be read: with one of them nothing is certain.
    """

    verdict: str
    sure: tuple[str, ...]
    doubt: tuple[str, ...]
    innocent: tuple[str, ...]
    unreadable: tuple[str, ...] = ()


def tried(body: Body | None, message: str) -> Tried | None:
    """A message held to the phrases of one danger in one language, as they stand in the draft; None without one."""
    if not isinstance(body, RedFlag) or not message.strip() or too_large(body):
        return None
    phrases = body.patterns
    readable = {one for one in (*phrases.patterns, *phrases.check_in, *phrases.exceptions) if _sees(phrases, one)}
    every = (*phrases.patterns, *phrases.check_in, *phrases.exceptions)
    kept = _only(phrases, readable)
    verdict = Triage([kept]).assess(message)
    return Tried(
        "" if verdict is None else "sure" if verdict.sure else "doubt",
        _seeing(kept, kept.patterns, message),
        _seeing(kept, kept.check_in, message),
        _seeing(kept, kept.exceptions, message),
        tuple(one for one in every if one not in readable),
    )


def _sees(entry: FlagPatterns, phrase: str, message: str = "") -> bool:
    """Would this phrase alone see the message? Without one: can it be read?"""
    try:
        alone = Triage([replace(entry, patterns=(phrase,), check_in=(), exceptions=())])
    except PatternError:
        return False
    return not message or alone.assess(message) is not None


def _seeing(entry: FlagPatterns, phrases: Iterable[str], message: str) -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases if _sees(entry, phrase, message))


def _only(entry: FlagPatterns, readable: set[str]) -> FlagPatterns:
    sure, doubt, innocent = (
        tuple(one for one in phrases if one in readable)
        for phrases in (entry.patterns, entry.check_in, entry.exceptions)
    )
    return replace(entry, patterns=sure, check_in=doubt, exceptions=innocent)
