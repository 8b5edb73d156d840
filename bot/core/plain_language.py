"""How plain a text is: its words, its sentences and a plain-language score, which certifies no level."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

LONG_WORD: Final = 6  # letters; LIX counts words that have more

# A word keeps what joins its letters ("foto's", "BMR-prik", "10.00", "www.lareb.nl") and its vowel signs.
_LETTERS: Final = "(?:[^\\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c])+"
_WORD: Final = re.compile(rf"{_LETTERS}(?:[-'’.:@/+&]{_LETTERS})*")
# "088-120 50 20" is read as one number.
_TELEPHONE: Final = re.compile(r"(?<!\w)(0\d{2,3}-?\d*)((?: \d{2,4})+)(?!\w)")
_END: Final = re.compile(r"[.!?؟…]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:(?:\w\.){2,}|(?:bijv|bv|enz|nr|ca|dr|drs|mw|dhr|mevr|prof|st|mr|mrs|ms|vs|etc|örn|vb|sn|bkz|bygl)\.)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Score:
    """The plain-language score of a text, and what it was counted from. Higher is plainer, but lower by LIX."""

    formula: str
    value: float
    words: int
    sentences: int
    longest: int

    @property
    def words_per_sentence(self) -> float:
        """The average sentence, in words."""
        return self.words / max(self.sentences, 1)


def words(text: str) -> list[str]:
    """The words and numbers of a text, in order."""
    return _WORD.findall(_TELEPHONE.sub(lambda m: m[0].replace(" ", "-"), text))


def sentences(text: str) -> list[str]:
    """The sentences of a text: up to . ! ? ؟ 。 or a line end, not inside numbers or after abbreviations."""
    return [found for line in text.splitlines() for found in _sentences(line) if words(found)]


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if end.end() < len(line.rstrip()) and _ABBREVIATION.search(line[start : end.end()]):
            continue
        yield line[start : end.end()].strip()
        start = end.end()
    yield line[start:].strip()


def score(text: str, language: str, syllables: Callable[[str], int]) -> Score:
    """The plain-language score by the formula of the language; `syllables` counts those of one word."""
    found = [words(sentence) for sentence in sentences(text)]
    every = [word for sentence in found for word in sentence]
    longest = max(map(len, found), default=0)
    formula, by = _FORMULAS.get(language, ("LIX", None))
    if not every:
        return Score(formula, 0.0, 0, 0, 0)
    per_sentence = len(every) / len(found)
    if by is None:
        value = lix(per_sentence, sum(len(word) > LONG_WORD for word in every) / len(every))
    else:
        value = by(per_sentence, sum(map(syllables, every)) / len(every))
    return Score(formula, round(value, 1), len(every), len(found), longest)


def flesch(words_per_sentence: float, syllables_per_word: float) -> float:
    """Reading ease for English: R. Flesch, "A new readability yardstick", J. Applied Psychology 32 (1948)."""
    return 206.835 - 1.015 * words_per_sentence - 84.6 * syllables_per_word


def flesch_douma(words_per_sentence: float, syllables_per_word: float) -> float:
    """Flesch for Dutch: W.H. Douma, "De leesbaarheid van landbouwbladen", Wageningen (1960)."""
    return 206.84 - 0.93 * words_per_sentence - 77.0 * syllables_per_word


def atesman(words_per_sentence: float, syllables_per_word: float) -> float:
    """Flesch for Turkish: E. Ateşman, "Türkçede okunabilirliğin ölçülmesi", Dil Dergisi 58 (1997)."""
    return 198.825 - 2.610 * words_per_sentence - 40.175 * syllables_per_word


def lix(words_per_sentence: float, long_words: float) -> float:
    """LIX: C.H. Björnsson, "Läsbarhet" (1968); `long_words` is the share of words over six letters."""
    return words_per_sentence + 100 * long_words


# There is no formula of its own for Frisian; Dutch is its nearest kin.
_FORMULAS: Final[dict[str, tuple[str, Callable[[float, float], float]]]] = {
    "nl": ("Flesch-Douma", flesch_douma),
    "fy": ("Flesch-Douma", flesch_douma),
    "en": ("Flesch", flesch),
    "tr": ("Ateşman", atesman),
}
