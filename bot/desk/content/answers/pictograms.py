"""The pictograms to choose from, found by the words that say what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.content import Content
from bot.core.language import SOURCE
from bot.core.normalise import normalise


@dataclass(frozen=True, slots=True)
class Pictogram:
    """One picture: its id, its words in the editor's language, and whether it was not searched for."""

    id: str
    words: str
    hidden: bool

    @property
    def address(self) -> str:
        """Where its SVG is: the residents' own."""
        return f"/pictogram/{self.id}.svg"


def pictograms(content: Content, language: str, wanted: str, chosen: str) -> tuple[Pictogram, ...]:
    """All pictograms by their words; those without the words `wanted` are hidden, but never the one that is chosen."""
    return tuple(sorted(_all(content, language, wanted, chosen), key=lambda one: (one.words.lower(), one.id)))


def words_of(pictogram: str, content: Content, language: str) -> str:
    """What a pictogram shows; its id where nobody wrote that down."""
    labels = content.labels.get(language) or content.labels[SOURCE]
    return labels.pictograms.get(pictogram) or pictogram.replace("_", " ")


def _all(content: Content, language: str, wanted: str, chosen: str) -> Iterator[Pictogram]:
    asked = normalise(wanted).split()
    for name in content.pictograms:
        words = words_of(name, content, language)
        inside = normalise(f"{words} {name.replace('_', ' ')}")
        yield Pictogram(name, words, hidden=name != chosen and not all(word in inside for word in asked))
