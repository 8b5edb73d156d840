"""Search over all texts of all languages: every word that is asked for stands in one part, letters folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.content import PLACEHOLDER, Content
from bot.core.entry import Body, Kind, Ref
from bot.core.language import SOURCE
from bot.core.normalise import normalise
from bot.core.overlay import entries_of
from bot.desk.content.entry_names import Names
from bot.desk.content.parts import Part, parts_of
from bot.desk.content.snippet import Bit, folded, snippet
from bot.desk.words import LANGUAGES

MOST_ASKED: Final = 100  # characters
LIMIT: Final = 100  # results on a page
_OF_THE_SCREEN: Final = frozenset({"name of it", "read"})  # parts that are in the languages of the desk
_FIRST: Final = frozenset({"key", "name of it"})
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


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

    def find(self, content: Content, asked: str, language: str = SOURCE) -> list[Hit]:
        """The parts that have every word, those with whole words first, then answers and Dutch first.

        `language` is that of the screen: the names of texts are found in it, where their words are not.
        """
        words = normalise(asked).split()
        if not words:
            return []
        if content is not self._of:
            self._parts, self._of = tuple(_indexed(content)), content
        found = [one for one in self._parts if _is_of(one.part, language) and all(word in one.folded for word in words)]
        said = {one.ref for one in found if one.part.name not in _OF_THE_SCREEN}
        once = [one for one in found if one.part.name not in _OF_THE_SCREEN or one.ref not in said]
        hits = [(_is_whole(entry, words), entry) for entry in once]
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


def _indexed(content: Content) -> Iterator[_Indexed]:
    named = [(code, Names(content, code)) for code in LANGUAGES]
    for ref, body in entries_of(content).items():
        for part in _searched(ref, body, named):
            text, filled = part.text, shown(part, ref, content)
            letters = folded(text) if filled == text else f"{folded(text)} {folded(filled)}"
            yield _Indexed(ref, part, f" {letters} ")


def _searched(ref: Ref, body: Body, named: Sequence[tuple[str, Names]]) -> Iterator[Part]:
    """The parts, and once for every entry its key and what only its name says."""
    yield from parts_of(body)
    if ref.language in {"", SOURCE} or ref.kind is Kind.TERM:
        yield Part("key", ref.key, language="-")
    if ref.language == SOURCE:
        for code, names in named:
            read = names.read(ref)
            if ref.kind is Kind.FLAG or (read and ref.kind is Kind.ANSWER):
                yield Part("name of it", f"{names.title(ref)}. {read}".removesuffix(" "), language=code)
            elif read:
                yield Part("read", read, language=code)


def _is_of(part: Part, language: str) -> bool:
    return part.name not in _OF_THE_SCREEN or part.language == language


def _is_whole(entry: _Indexed, words: list[str]) -> bool:
    return all(f" {word} " in entry.folded for word in words)


def _rank(entry: _Indexed) -> tuple[int, bool, bool, str, str]:
    ref = entry.ref
    return _ORDER[ref.kind], entry.part.name not in _FIRST, ref.language != SOURCE, ref.key, ref.language
