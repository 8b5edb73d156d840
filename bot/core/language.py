"""The languages that are spoken here, and which one to answer in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its ISO 639-1 code, its name in its own script, and its direction."""

    code: str
    name: str
    right_to_left: bool = False


LANGUAGES: Final = {
    language.code: language
    for language in (
        Language("nl", "Nederlands"),
        Language("fy", "Frysk"),
        Language("en", "English"),
        Language("ar", "العربية", right_to_left=True),
        Language("tr", "Türkçe"),
    )
}
SOURCE: Final = "nl"
_OTHERS_FROM_THE_RIGHT: Final = frozenset({"fa", "ur", "ps", "he", "ckb", "sd", "ug", "yi", "dv"})  # not ours yet


def is_right_to_left(code: str) -> bool:
    """Which way any language is written: there are cards and drafts in more than ours."""
    ours = LANGUAGES.get(code)
    return ours.right_to_left if ours else code in _OTHERS_FROM_THE_RIGHT


# A chosen language outweighs one odd message; the conversation so far less so; the phone's setting little.
CHOSEN_WEIGHT: Final = 2.5
SPOKEN_WEIGHT: Final = 1.5
HINT_WEIGHT: Final = 0.7
# "Wat kost de griepprik" is Frisian too, but most who type it are not.
SOURCE_WEIGHT: Final = 1.0
MIN_WORDS_TO_SWITCH: Final = 2


@dataclass(frozen=True, slots=True)
class LanguagePrior:
    """What is known before a message is read: codes, or "" where nothing is known."""

    chosen: str = ""
    spoken: str = ""
    hint: str = ""

    @property
    def best(self) -> str:
        """The language to use when the message says nothing about it."""
        for code in (self.chosen, self.spoken, self.hint):
            if code in LANGUAGES:
                return code
        return SOURCE


def decide_language(likelihood: Mapping[str, float], words: int, prior: LanguagePrior) -> str:
    """The language of one message, in one of ours.

    `likelihood` maps language codes to probabilities (any of ours may be missing), `words` is the
    number of words. A one-word message never switches the language of a conversation.
    """
    settled = prior.chosen or prior.spoken
    if settled in LANGUAGES and words < MIN_WORDS_TO_SWITCH:
        return settled

    def score(code: str) -> float:
        weight = math.log(max(likelihood.get(code, 0.0), 1e-6))
        weight += CHOSEN_WEIGHT * (code == prior.chosen)
        weight += SPOKEN_WEIGHT * (code == prior.spoken)
        weight += SOURCE_WEIGHT * (code == SOURCE and not settled)
        return weight + HINT_WEIGHT * (code == prior.hint)

    if not any(likelihood.get(code) for code in LANGUAGES):
        return prior.best
    return max(LANGUAGES, key=score)
