"""What is known of words: how common they are (wordfreq) and how they are divided (pyphen)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Final

import pyphen
import wordfreq

EASY_ZIPF: Final = 3.0  # once in a million words
_SHORTEST_PART: Final = 3

# Languages that write compounds as one word, with the letters that may link the parts.
_LINKS: Final = {"nl": ("", "s", "e", "en")}
_ENDINGS: Final = {
    "nl": ("en", "s", "e", "'s", "n"),
    "fy": ("en", "s", "e", "'s", "n"),
    "en": ("s", "es", "'s", "ed", "ing"),
}
# What stands before and after a stem in Arabic, longest first.
_BEFORE: Final = {
    "ar": (
        "وبال",
        "وال",
        "فال",
        "بال",
        "كال",
        "ولل",
        "لل",
        "ال",
        "و",
        "ف",
        "ب",
        "ل",
        "ك",
        "س",
        "ت",
        "ي",
        "ن",
        "ا",
    )
}
_AFTER: Final = {
    "ar": tuple("كما ونها ونه وها وه كم هم هن ها نا تم وا ات ين ون ان ية ه ك ي ة ا".split())  # noqa: SIM905
}
_HYPHENATION: Final = {"nl": "nl_NL", "fy": "nl_NL", "en": "en_GB"}
_VOWELS: Final = re.compile("[aeiouyáéíóúàèìòùâêîôûäöëïüıæœ]", re.IGNORECASE)
_VOWEL_GROUPS: Final = re.compile("[aeiouyáéíóúàèìòùâêîôûæœ]+|[äëïöü]", re.IGNORECASE)
_VOWEL_SIGNS: Final = re.compile("[\u064b-\u065f\u0670\u0640]")
_SILENT_E: Final = re.compile(r"(?<=[^aeiouyl])e[sd]?$")


class Words:
    """Common and hard words, by frequency. Word lists are read when a language is first asked for."""

    def knows(self, language: str) -> bool:
        """Whether common words can be told from hard ones in this language."""
        return _listed(language)

    def is_easy(self, word: str, language: str, explained: frozenset[str]) -> bool:
        """Whether a word is common, explained, or made of parts that are. Without a list all are easy."""
        return not self.knows(language) or _is_easy(_small(word, language), language, explained)

    def syllables(self, word: str, language: str) -> int:
        """The number of syllables, at least 1: as pyphen divides it, or by its vowels."""
        return _syllables(_small(word, language), language)


def _small(word: str, language: str) -> str:
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    return _VOWEL_SIGNS.sub("", word.replace("’", "'").lower())


@lru_cache(maxsize=65536)
def _is_easy(word: str, language: str, explained: frozenset[str]) -> bool:
    def passes(part: str) -> bool:
        return _zipf(part, language) >= EASY_ZIPF or _is_explained(part, language, explained)

    if passes(word) or any(map(passes, _stems(word, language))):
        return True
    parts = [part for part in re.split(r"[-/+&]", word) if part]
    if len(parts) > 1:
        return all(len(part) == 1 or part.isdigit() or _is_easy(part, language, explained) for part in parts)
    return language in _LINKS and _splits(word, _LINKS[language], passes)


@cache
def _listed(language: str) -> bool:
    return language in wordfreq.available_languages()


@lru_cache(maxsize=65536)
def _zipf(word: str, language: str) -> float:
    return float(wordfreq.zipf_frequency(word, language))


def _is_explained(word: str, language: str, explained: frozenset[str]) -> bool:
    return word in explained or any(
        word.removesuffix(ending) in explained
        or (ending == "en" and _undoubled(word.removesuffix(ending)) in explained)
        for ending in _ENDINGS.get(language, ())
        if word.endswith(ending)
    )


def _undoubled(stem: str) -> str:
    """The stem with its last letter once: "bloedprop" for the "bloedpropp" of "bloedproppen"."""
    return stem[:-1] if stem[-2:-1] == stem[-1:] else stem


def _stems(word: str, language: str) -> Iterable[str]:
    """What may be left of a word of a language that writes small words and endings onto it."""
    if language == "tr":
        yield from (word[:end] for end in range(len(word) - 1, _SHORTEST_PART - 1, -1))
    bare = {word, *(word.removeprefix(before) for before in _BEFORE.get(language, ()))}
    for start in bare:
        for after in ("", *_AFTER.get(language, ())):
            stem = start.removesuffix(after)
            if len(stem) >= _SHORTEST_PART and stem != word:
                yield stem
                if stem.endswith("ت"):  # "لغتكم": the ة of "لغة" opens before an ending
                    yield f"{stem[:-1]}ة"


def _splits(word: str, links: tuple[str, ...], passes: Callable[[str], bool]) -> bool:
    """Whether a compound falls apart into known parts; all but the last may carry a linking letter."""
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:cut], word[cut:]
        known = any(
            len(head) - len(link) >= _SHORTEST_PART and head.endswith(link) and passes(head.removesuffix(link))
            for link in links
        )
        if known and (passes(tail) or _splits(tail, links, passes)):
            return True
    return False


@lru_cache(maxsize=65536)
def _syllables(word: str, language: str) -> int:
    if language == "tr":
        return max(1, len(_VOWELS.findall(word)))
    spoken = _SILENT_E.sub("", word) if language == "en" else word
    # Pyphen never parts a single letter from a line ("oma"), so the vowels have a say.
    by_vowels = len(_VOWEL_GROUPS.findall(spoken))
    dictionary = _hyphenation(language)
    return max(1, by_vowels, len(dictionary.positions(word)) + 1 if dictionary else 0)


@cache
def _hyphenation(language: str) -> pyphen.Pyphen | None:
    name = _HYPHENATION.get(language)
    return pyphen.Pyphen(lang=name, left=1, right=1) if name else None
