"""Red flags: does a message tell of danger? Decided on the raw text, before and without anything else.

Patterns are phrases that an editor can read. They are matched on word borders over `normalise`d text:
  word*      any ending            *word   any beginning
  ..         zero to four words    (a|b c|)   one of these, here also nothing
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Final

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
_WIDEST_GAP = 4  # words
_GAP = rf"(?:\S+ ){{0,{_WIDEST_GAP}}}?"
_BUT = re.compile(_START + r"(?:but|however|maar|echter|mar|ama|amma|fakat|lakin|[وف]?لكن\w*|بس) ")
# What an editor can write must not make every resident wait.
LONGEST_PHRASE: Final = 3000  # characters
MOST_WAYS: Final = 12_000
MOST_GAPS: Final = 4
MOST_PHRASES: Final = 500  # in one list
MOST_WAYS_IN_ALL: Final = 40_000  # of one list
DEEPEST: Final = 4  # brackets within brackets


def compile_phrase(phrase: str) -> str:
    """The regular expression of a phrase: every word is followed by exactly one blank. Raises PatternError."""
    return _read(phrase).expression


def too_many(phrases: Collection[str]) -> bool:
    """Would a list of phrases, each of which can be read, make everybody wait?"""
    return len(phrases) > MOST_PHRASES or sum(_read(phrase).ways for phrase in phrases) > MOST_WAYS_IN_ALL


@lru_cache(maxsize=4096)  # 2,700 phrases today, each read when it is loaded, checked and watched for
def _read(phrase: str) -> _Piece:
    if len(phrase) > LONGEST_PHRASE:
        raise PatternError(f"more than {LONGEST_PHRASE} characters in {phrase[:40]!r}")
    tokens = _TOKEN.findall(phrase)
    if not tokens or "".join(tokens) != re.sub(r"\s+", "", phrase):
        raise PatternError(f"cannot read the phrase {phrase!r}")
    whole, rest = _sequence(tokens, phrase, depth=0)
    if rest:
        raise PatternError(f"a ')' too many in {phrase!r}")
    if whole.ways > MOST_WAYS or tokens.count("..") > MOST_GAPS:
        raise PatternError(f"too many .. and brackets in {phrase!r}")
    # A word outside brackets never matches nothing; to try it takes longer than all the rest.
    if not _has_bare_word(tokens) and re.match(whole.expression + r"\Z", ""):
        raise PatternError(f"the phrase {phrase!r} would match anything")
    return whole


def _has_bare_word(tokens: Iterable[str]) -> bool:
    depth = 0
    for token in tokens:
        if not depth and token not in {"..", "(", ")"}:
            return True
        depth += (token == "(") - (token == ")")
    return False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some of a phrase. `ways`: in how many ways it can be laid over the same words, at most; so many are tried.

    `one_word`: it is always one whole word. `literal` are its words where no sign stands in them, else None.
    """

    expression: str = ""
    ways: int = 1
    one_word: bool = False
    literal: tuple[str, ...] | None = ()

    def then(self, other: _Piece) -> _Piece:
        """One after the other."""
        both = None if self.literal is None or other.literal is None else self.literal + other.literal
        one_word = other.one_word if not self.expression else False
        return _Piece(self.expression + other.expression, self.ways * other.ways, one_word, both)


def _sequence(tokens: list[str], phrase: str, depth: int) -> tuple[_Piece, list[str]]:
    if depth > DEEPEST:
        raise PatternError(f"too many brackets within brackets in {phrase!r}")
    branches = [_Piece()]
    while tokens:
        token, *tokens = tokens
        if token == ")":
            if not depth:
                raise PatternError(f"a ')' too many in {phrase!r}")
            return _one_of(branches), tokens
        if token == "|":
            if not depth:
                raise PatternError(f"a '|' outside brackets in {phrase!r}")
            branches.append(_Piece())
        elif token == "(":
            inner, tokens = _sequence(tokens, phrase, depth + 1)
            branches[-1] = branches[-1].then(inner)
        elif token == "..":
            branches[-1] = branches[-1].then(_Piece(_GAP, _WIDEST_GAP + 1, literal=None))
        else:
            branches[-1] = branches[-1].then(_word(token, phrase))
    if depth:
        raise PatternError(f"a ')' is missing in {phrase!r}")
    return branches[0], []


def _one_of(branches: list[_Piece]) -> _Piece:
    """Branches of one word end at the same place, so when one of them fits, the others need not be tried."""
    runs = [(one_word, list(run)) for one_word, run in groupby(branches, key=lambda branch: branch.one_word)]
    lengths = {
        len(branch.literal) for branch in branches if branch.literal is not None
    }  # of a length, one fits at most
    parts, ways = [], len(lengths)
    for one_word, run in runs:
        expression, open_ends = (
            "|".join(branch.expression for branch in run),
            [one for one in run if one.literal is None],
        )
        atomic = one_word and bool(open_ends)
        parts.append(f"(?>{expression})" if atomic else expression)
        ways += 1 if atomic else sum(branch.ways for branch in open_ends)
    return _Piece(f"(?:{'|'.join(parts)})", ways, all(branch.one_word for branch in branches), None)


def _word(token: str, phrase: str) -> _Piece:
    core = normalise(token.strip("*"))
    if not core or " " in core:
        raise PatternError(f"{token!r} is no single word in {phrase!r}")
    joined = "[وف]?" if "\u0600" <= core[0] <= "\u06ff" else ""  # Arabic "and" is written to the word
    before, after = token.startswith("*"), token.endswith("*")
    word = (r"\w*" if before else joined) + re.escape(core) + (r"\w*" if after else "")
    # A word is always a whole one: when it fits in one way, no other way need be tried.
    return _Piece(
        f"(?>{word} )" if before and after else f"{word} ",
        1,
        one_word=True,
        literal=None if before or after else (core,),
    )


@dataclass(frozen=True, slots=True)
class _Watch:
    entry: FlagPatterns
    sure: re.Pattern[str] | None
    doubtful: re.Pattern[str] | None


@lru_cache(maxsize=256)  # 55 today: when an editor changes one, the others are not compiled again
def _anywhere(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
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
            flag: _anywhere(tuple(phrase for e in entries if e.flag is flag for phrase in e.exceptions))
            for flag in Flag
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
            not any(_speaks_for(phrase, match.span(1), text) for phrase in innocent) for match in pattern.finditer(text)
        )


def _speaks_for(innocent: tuple[int, int], danger: tuple[int, int], text: str) -> bool:
    """Do they share a word? What follows a "but" is no longer excused: "he was in therapy but he hits me"."""
    shared = innocent[0] < danger[1] and danger[0] < innocent[1]
    return shared and not _BUT.search(text, innocent[0], max(innocent[0], danger[0]))
