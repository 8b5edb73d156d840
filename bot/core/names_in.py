"""Where the names of people stand in a text: by what stands beside them, and by how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.core import name_signs as signs
from bot.core.first_names import FIRST_NAMES, NAMES_AND_WORDS
from bot.core.normalise import normalise

_TOKEN: Final = re.compile(r"\d+|[^\W\d_](?:[\w'’\-]*\w)?|[^\w\s]|\S")
_ENDS: Final = frozenset(".!?؟\n:;")
_INITIAL: Final = range(1, 3)  # letters
_MOST_INITIALS: Final = 6
_OF: Final = frozenset({"van", "fan"})
_NISBA: Final = re.compile("ال\\w{2,}ي")  # an Arabic family name: "he of that place"
_CAPITALS: Final = 5  # of as many letters an abbreviation may be: GGD, DKTP, HPV
_SHOUTED: Final = 0.6  # the share of capital letters from which a capital says nothing


def names_in(text: str, known_words: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Start and end of every word that is part of a name, in order; `known_words` as of `core.scrub.scrub`."""
    words = _words(text)
    found = _Names(words, known_words, shouted=_shouted(text)).found()
    return [(words[index].start, words[index].end) for index in sorted(found)]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or sign of the text, `start` to `end`; `small` as `normalise` writes it. `first`: of its sentence."""

    text: str
    small: str
    start: int
    end: int
    first: bool

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def abbreviation(self) -> bool:
        return len(self.text) > 1 and self.text.isupper() and len(self.text) <= _CAPITALS


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    first = True
    for match in _TOKEN.finditer(text):
        found.append(_Word(match[0], normalise(match[0]), match.start(), match.end(), first))
        first = match[0] in _ENDS or (first and not match[0][0].isalpha())
    return found


def _shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha() and character.upper() != character.lower()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) > _CAPITALS and capitals > _SHOUTED * len(letters)


class _Names:
    """Which of the words are names, by what stands before and after them, and by how they are written."""

    def __init__(self, words: list[_Word], known: Callable[[str], bool], *, shouted: bool) -> None:
        self._words, self._known, self._shouted = words, cache(known), shouted

    def found(self) -> set[int]:
        """Positions in the list of words."""
        words = [index for index, word in enumerate(self._words) if word.is_word]
        if words and not any(self._ordinary(index) for index in words):
            return set(words)
        gone = {index for index in words if self._by_itself(index)}
        family: set[int] = set()
        for index in sorted(gone):
            family |= self._family(index, sure=False) if index not in family else set()
        gone |= family
        for index in range(len(self._words)):
            gone |= self._after_sign(index)
        for index in range(len(self._words) - 1, 0, -1):
            if index in gone and self._is_before(index - 1):
                gone.add(index - 1)
        return gone

    def _ordinary(self, index: int) -> bool:
        word = self._words[index]
        return word.small not in FIRST_NAMES and self._knows(word)

    def _knows(self, word: _Word) -> bool:
        text = word.text.lower() if self._shouted or word.first else word.text
        return len(word.text) == 1 or word.abbreviation or self._known(text) or self._known(re.split(r"['’]", text)[0])

    def _capital(self, index: int) -> bool:
        word = self._words[index]
        return word.capital and not self._shouted and not word.abbreviation

    def _by_itself(self, index: int) -> bool:
        """A first name; a capital within a sentence on a word that is none of ours; "Ahmet'in", "Ayşe Hanım"."""
        word, following = self._words[index], self._small(index + 1)
        if any(normalise(part) in FIRST_NAMES for part in (word.text, *re.split(r"['’-]", word.text))):
            return True
        if following in _OF and self._text(index + 2).isdigit() and not self._ordinary(index):
            return True  # "Thirza van 3"
        if following in signs.TITLES_AFTER and (self._capital(index) or not self._ordinary(index)):
            return True
        if not self._capital(index):
            return False
        if word.first:
            return following in signs.PEOPLE_DO and not self._ordinary(index)
        return not self._ordinary(index)

    def _after_sign(self, index: int) -> set[int]:
        """What follows "ik heet", "I am", "mijn zoon", "dokter": the words from there on that can be a name."""
        for length in (4, 3, 2, 1):
            before = " ".join(self._small(at) for at in range(index, index + length))
            at, marked = self._behind_marks(index + length, before)
            if before in signs.SURE or marked:
                return self._run(at, sure=True, all_words=marked)
            if before in signs.CAPITAL_ONLY and not self._is_name(at, before):
                return set()
            if before in signs.MAYBE | signs.CAPITAL_ONLY and self._is_name(at, before):
                return self._run(at, sure=False, all_words=False)
        return set()

    def _behind_marks(self, at: int, before: str) -> tuple[int, bool]:
        """Where the name begins after "naam:" or initials, and whether it stands as on a form, behind a colon."""
        colon = False
        while before in signs.WITH_MARK and at < len(self._words) and self._words[at].text in ":,.-":
            colon, at = colon or self._words[at].text == ":", at + 1
        for _ in range(_MOST_INITIALS):
            at += 2 * (self._text(at + 1) == "." and len(self._small(at)) in _INITIAL)
        return at, colon

    def _run(self, at: int, *, sure: bool, all_words: bool) -> set[int]:
        """The word at `at`, if it is one, and all after it that go on with the name."""
        if not self._small(at) or (sure and self._small(at) in signs.NO_NAMES):
            return set()
        if all_words and self._small(at + 1):
            return {at, at + 1} | self._family(at + 1, sure=True)
        return {at} | self._family(at, sure=sure)

    def _is_name(self, at: int, before: str) -> bool:
        if at >= len(self._words) or not self._words[at].is_word:
            return False
        if self._small(at) in signs.PARTICLES and self._capital_after_particles(at):
            return True
        if self._small(at) in signs.NO_NAMES:
            return False
        if self._small(at) in FIRST_NAMES | NAMES_AND_WORDS or (
            self._capital(at) and before not in signs.OFTEN_NO_NAME
        ):
            return True
        return before not in signs.CAPITAL_ONLY and not self._ordinary(at)

    def _capital_after_particles(self, at: int) -> bool:
        """Does "van der Meer" begin here?"""
        while self._small(at) in signs.PARTICLES:
            at += 1
        return at < len(self._words) and self._words[at].is_word and self._capital(at)

    def _family(self, at: int, *, sure: bool) -> set[int]:
        """The rest of a name after its first word: "de Vries", "el Amrani", another word that is none of ours.

        `sure`: after "ik heet" also "de vries" and "الزهراني" are no other words.
        """
        rest: set[int] = set()
        following = at + 1
        while self._goes_on(following, sure=sure):
            rest.add(following)
            following += 1
        return rest

    def _goes_on(self, at: int, *, sure: bool) -> bool:
        small, before = self._small(at), self._small(at - 1)
        if small in signs.PARTICLES:
            following = self._small(at + 1)
            return following in signs.PARTICLES or (bool(following) and (sure or self._capital(at + 1)))
        if not small or small in signs.NO_NAMES:
            return False
        after_particle = before in signs.PARTICLES and (sure or self._capital(at))
        surname = self._capital(at) and not self._words[at].first
        return (
            after_particle
            or surname
            or not self._ordinary(at)
            or (sure and bool(_NISBA.fullmatch(self._words[at].text)))
        )

    def _is_before(self, at: int) -> bool:
        """A first word with a capital that nobody knows, right before a name."""
        return self._words[at].is_word and self._capital(at) and not self._ordinary(at)

    def _text(self, at: int) -> str:
        return self._words[at].text if at < len(self._words) else ""

    def _small(self, at: int) -> str:
        return self._words[at].small if 0 <= at < len(self._words) and self._words[at].is_word else ""
