"""Red flags: does a message tell of danger? Decided on the raw text, before and without anything else.

Patterns are phrases that an editor can read. They are matched on word borders over `normalise`d text:
  word*      any ending            *word   any beginning
  ..         zero to four words    (a|b c|)   one of these, here also nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.normalise import normalise


class Flag(StrEnum):
    """What kind of danger; in order of urgency."""

    DANGER_TO_LIFE = "danger_to_life"
    SUICIDE = "suicide"
    CHILD_DANGER = "child_danger"
    VIOLENCE = "violence"
    POISONING = "poisoning"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A red flag, in the language whose pattern saw it ("" from the second opinion); `sure` or only a check-in."""

    flag: Flag
    sure: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class FlagPatterns:
    """The phrases of one flag in one language."""

    flag: Flag
    language: str
    patterns: tuple[str, ...]
    check_in: tuple[str, ...]
    exceptions: tuple[str, ...]


class PatternError(ValueError):
    """A phrase cannot be read; the message says which and why."""


_TOKEN = re.compile(r"\s*(\.\.|\(|\)|\||[^\s()|]+)")
_START = r"(?<!\S)"
_GAP = r"(?:\S+ ){0,4}?"


def compile_phrase(phrase: str) -> str:
    """The regular expression of a phrase: every word is followed by exactly one blank. Raises PatternError."""
    tokens = _TOKEN.findall(phrase)
    if not tokens or "".join(tokens) != re.sub(r"\s+", "", phrase):
        raise PatternError(f"cannot read the phrase {phrase!r}")
    expression, rest = _sequence(tokens, phrase, depth=0)
    if rest:
        raise PatternError(f"a ')' too many in {phrase!r}")
    if re.match(expression + r"\Z", ""):
        raise PatternError(f"the phrase {phrase!r} would match anything")
    return expression


def _sequence(tokens: list[str], phrase: str, depth: int) -> tuple[str, list[str]]:
    branches: list[str] = [""]
    while tokens:
        token, *tokens = tokens
        if token == ")":
            if not depth:
                raise PatternError(f"a ')' too many in {phrase!r}")
            return "(?:" + "|".join(branches) + ")", tokens
        if token == "|":
            if not depth:
                raise PatternError(f"a '|' outside brackets in {phrase!r}")
            branches.append("")
        elif token == "(":
            inner, tokens = _sequence(tokens, phrase, depth + 1)
            branches[-1] += inner
        elif token == "..":
            branches[-1] += _GAP
        else:
            branches[-1] += _word(token, phrase)
    if depth:
        raise PatternError(f"a ')' is missing in {phrase!r}")
    return branches[0], []


def _word(token: str, phrase: str) -> str:
    core = normalise(token.strip("*"))
    if not core or " " in core:
        raise PatternError(f"{token!r} is no single word in {phrase!r}")
    joined = "[وف]?" if "\u0600" <= core[0] <= "\u06ff" else ""  # Arabic "and" is written to the word
    return (
        (r"\w*" if token.startswith("*") else joined) + re.escape(core) + (r"\w*" if token.endswith("*") else "") + " "
    )


@dataclass(frozen=True, slots=True)
class _Watch:
    entry: FlagPatterns
    sure: re.Pattern[str] | None
    doubtful: re.Pattern[str] | None


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the phrases at every word, also where they overlap; group 1 is the phrase."""
    expressions = [compile_phrase(phrase) for phrase in phrases]
    return re.compile(_START + "(?=(" + "|".join(expressions) + "))") if expressions else None


class Triage:
    """All patterns of all languages, compiled once. Raises PatternError for a phrase that cannot be read.

    People mix languages: every pattern looks at every message, and an innocent phrase of one language
    speaks for the same flag in all.
    """

    def __init__(self, flags: Iterable[FlagPatterns]) -> None:
        entries = list(flags)
        self._watches = [_Watch(entry, _anywhere(entry.patterns), _anywhere(entry.check_in)) for entry in entries]
        self._innocent = {
            flag: _anywhere(phrase for e in entries if e.flag is flag for phrase in e.exceptions) for flag in Flag
        }

    def assess(self, text: str) -> Verdict | None:
        """The most urgent flag of a text, a sure one before a doubtful one; None when there is none."""
        variants = {normalise(text, stretched=2), normalise(text, stretched=1)}
        found = [verdict for variant in variants for verdict in self._verdicts(variant + " ")]
        order = list(Flag)
        return min(found, key=lambda v: (not v.sure, order.index(v.flag)), default=None)

    def _verdicts(self, text: str) -> Iterator[Verdict]:
        for watch in self._watches:
            if watch.sure and self._matches(watch.sure, text, watch.entry.flag):
                yield Verdict(watch.entry.flag, sure=True, language=watch.entry.language)
            elif watch.doubtful and self._matches(watch.doubtful, text, watch.entry.flag):
                yield Verdict(watch.entry.flag, sure=False, language=watch.entry.language)

    def _matches(self, pattern: re.Pattern[str], text: str, flag: Flag) -> bool:
        """Does the pattern stand anywhere outside the words of an innocent phrase?"""
        if not pattern.search(text):
            return False
        phrases = self._innocent[flag]
        innocent = [match.span(1) for match in phrases.finditer(text)] if phrases else []
        return any(
            not any(start < match.end(1) and match.start(1) < end for start, end in innocent)
            for match in pattern.finditer(text)
        )
