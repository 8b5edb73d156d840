"""A question that is kept for editors loses whatever tells who asked it: names, numbers, addresses, dates of birth.

It rather loses a word too many. What is taken out leaves the sign GONE, which means nothing to the language model.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core import place_signs as signs
from bot.core.mask import mask
from bot.core.names_in import names_in
from bot.core.normalise import clean

GONE: Final = "…"
LONGEST: Final = 300  # characters
_READ: Final = 2 * LONGEST  # of a longer text the rest is not looked at: it would not be kept
_EDGE: Final = 6  # words before that rest, where half a number would not be known as one

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MASKED: Final = re.compile(r"XQ\d+X")
_SEVERAL: Final = re.compile(rf"{GONE}(?:[\s,]*{GONE})+")


def scrub(text: str, known_words: Callable[[str], bool]) -> str:
    """The text without names, numbers of five digits and more, addresses and dates; at most LONGEST characters.

    `known_words` tells of a word, as it was written, whether it is an ordinary one (a name is none). A text without a
    single word that it knows might be a name as a whole: then GONE is all that is left.
    """
    whole = clean(text).replace("...", GONE).translate(_DIGITS)
    told = whole[:_READ]
    for pattern in signs.PLACES_AND_DATES:
        told = pattern.sub(GONE, told)
    told = _MASKED.sub(GONE, mask(told).text)
    for pattern in signs.LATER_PLACES:
        told = pattern.sub(_taken_out, told)
    told = _SEVERAL.sub(GONE, _without_names(told, known_words)).strip()
    if len(whole) > _READ:
        told = " ".join(told.split(" ")[:-_EDGE]) + GONE
    return told if len(told) <= LONGEST else told[: LONGEST - 1].rsplit(" ", 1)[0] + GONE


def _taken_out(match: re.Match[str]) -> str:
    return match.groupdict().get("keep", "") + GONE


def _without_names(text: str, known_words: Callable[[str], bool]) -> str:
    for start, end in reversed(names_in(text, known_words)):
        text = text[:start] + GONE + text[end:]
    return text
