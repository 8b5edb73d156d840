"""Search over all texts of all languages: every word that is asked for stands in one part, letters folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.content import PLACEHOLDER, Content
from bot.core.entry import Body, Kind, Ref
from bot.core.language import SOURCE
from bot.core.normalise import normalise
from bot.core.overlay import entries_of
from bot.desk.content.parts import Part, parts_of

MOST_ASKED: Final = 100  # characters
LIMIT: Final = 100  # results on a page
_TOKEN: Final = re.compile(r"[\w'’\u0610-\u061a\u064b-\u065f]+")  # a word, with the vowel signs of Arabic
_PLAIN: Final = re.compile(r"[^\s.,;:!?()\[\]{}|*/_\"-]+")  # what stands between blanks and signs
_STRETCHED: Final = re.compile(r"(.)\1\1", re.IGNORECASE)
_BEFORE: Final = 60  # characters shown before the first word that was found
_AROUND: Final = 220  # characters shown in all
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Bit:
    """Some of a snippet; `found`: a word that was asked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A part in which all words stand, and the place where they do. `whole`: as whole words."""

    ref: Ref
    part: Part
    snippet: tuple[Bit, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Indexed:
    """One part and its folded letters, between blanks."""

    ref: Ref
    part: Part
    folded: str


class Index:
    """All texts, folded once; read anew when others are served. A phrase's folding is remembered by itself."""

    def __init__(self) -> None:
        self._of: Content | None = None
        self._parts: tuple[_Indexed, ...] = ()

    def find(self, content: Content, asked: str) -> list[Hit]:
        """The parts that have every word, those with whole words first, then answers and Dutch first."""
        words = normalise(asked).split()
        if not words:
            return []
        if content is not self._of:
            self._parts, self._of = tuple(_indexed(content)), content
        found = [entry for entry in self._parts if all(word in entry.folded for word in words)]
        hits = [(_is_whole(entry, words), entry) for entry in found]
        ranked = sorted(hits, key=lambda hit: (not hit[0], *_rank(hit[1])))
        return [Hit(entry.ref, entry.part, (), whole) for whole, entry in ranked]


def with_snippets(hits: Iterable[Hit], content: Content, asked: str) -> list[Hit]:
    """The same with the words marked where they stand."""
    words = normalise(asked).split()
    return [Hit(hit.ref, hit.part, snippet(shown(hit.part, hit.ref, content), words), hit.whole) for hit in hits]


def shown(part: Part, ref: Ref, content: Content) -> str:
    """A part as residents read it, with its facts filled in where they are known."""
    language = part.language if part.language not in {"", "-"} else ref.language or SOURCE
    facts = content.facts
    return PLACEHOLDER.sub(lambda at: facts[at[1]].in_language(language) if at[1] in facts else at[0], part.text)


def snippet(text: str, words: list[str]) -> tuple[Bit, ...]:
    """The stretch of a text in which the first word stands; words that hold one of these are marked."""
    found = [match.span() for match in _TOKEN.finditer(text) if any(word in _folded(match[0]) for word in words)]
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


def _indexed(content: Content) -> Iterator[_Indexed]:
    for ref, body in entries_of(content).items():
        for part in _searched(ref, body):
            text, filled = part.text, shown(part, ref, content)
            folded = _folded(text) if filled == text else f"{_folded(text)} {_folded(filled)}"
            yield _Indexed(ref, part, f" {folded} ")


def _searched(ref: Ref, body: Body) -> Iterator[Part]:
    """The parts, and once for every entry its key."""
    yield from parts_of(body)
    if ref.language in {"", SOURCE} or ref.kind is Kind.TERM:
        yield Part("key", ref.key, language="-")


def _is_whole(entry: _Indexed, words: list[str]) -> bool:
    return all(f" {word} " in entry.folded for word in words)


def _rank(entry: _Indexed) -> tuple[int, bool, bool, str, str]:
    ref = entry.ref
    return _ORDER[ref.kind], entry.part.name != "key", ref.language != SOURCE, ref.key, ref.language


def _folded(text: str) -> str:
    """As `normalise`, word by word: texts share most of their words."""
    return " ".join(filter(None, map(_folded_word, _PLAIN.findall(text))))


@lru_cache(maxsize=100_000)
def _folded_word(word: str) -> str:
    plain = word.isascii() and word.isalnum() and not _STRETCHED.search(word)
    return word.lower() if plain else normalise(word)  # half of all words, and many times as fast
