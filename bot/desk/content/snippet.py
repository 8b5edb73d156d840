"""The stretch of a text in which words that were searched for stand, and the folding of letters that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.normalise import normalise

_TOKEN: Final = re.compile(r"[\w'’\u0610-\u061a\u064b-\u065f]+")  # a word, with the vowel signs of Arabic
_PLAIN: Final = re.compile(r"[^\s.,;:!?()\[\]{}|*/_\"-]+")  # what stands between blanks and signs
_STRETCHED: Final = re.compile(r"(.)\1\1", re.IGNORECASE)
_BEFORE: Final = 60  # characters shown before the first word that was found
_AROUND: Final = 220  # characters shown in all


@dataclass(frozen=True, slots=True)
class Bit:
    """Some of a snippet; `found`: a word that was asked for."""

    text: str
    found: bool


def snippet(text: str, words: list[str]) -> tuple[Bit, ...]:
    """The stretch of a text in which the first word stands; words that hold one of these are marked."""
    found = [match.span() for match in _TOKEN.finditer(text) if any(word in folded(match[0]) for word in words)]
    start = max(0, found[0][0] - _BEFORE) if found else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + _AROUND)
    end = text.find(" ", end) if text.find(" ", end) > 0 else len(text)
    return tuple(_bits(text, start, end, [span for span in found if span[1] <= end]))


def _bits(text: str, start: int, end: int, found: list[tuple[int, int]]) -> Iterator[Bit]:
    at = start
    if start:
        yield Bit("… ", found=False)
    for first, last in found:
        if first > at:
            yield Bit(text[at:first], found=False)
        yield Bit(text[first:last], found=True)
        at = last
    if at < end:
        yield Bit(text[at:end], found=False)
    if end < len(text):
        yield Bit(" …", found=False)


def folded(text: str) -> str:
    """As `normalise`, word by word: texts share most of their words."""
    return " ".join(filter(None, map(_folded_word, _PLAIN.findall(text))))


@lru_cache(maxsize=100_000)
def _folded_word(word: str) -> str:
    plain = word.isascii() and word.isalnum() and not _STRETCHED.search(word)
    return word.lower() if plain else normalise(word)  # half of all words, and many times as fast
