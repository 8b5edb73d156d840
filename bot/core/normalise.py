"""Text made comparable: how triage and the language model see what people type."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Zero-width marks, direction marks, soft hyphen, variation selectors, Arabic stretch and vowel signs.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0640]"
)
_APOSTROPHES: Final = re.compile("['’‘ʼ`´′＇]")
_NOT_A_WORD: Final = re.compile(r"[\W_]+")
_REPEATED: Final = re.compile(r"(\w)\1{2,}")
_ARABIC_ALIKE: Final = str.maketrans("أإآٱىةؤئگکی", "اااايهويككي")
_LATIN_ALIKE: Final = str.maketrans("ıøłđðßæœ", "iolddsao")


def clean(text: str) -> str:
    """The same text without marks that nobody sees and control characters; blanks become one blank."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    kept = "".join(
        " " if character in "\n\r\t" or unicodedata.category(character) in {"Zs", "Zl", "Zp"} else character
        for character in visible
        if character in "\n\r\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return re.sub(" +", " ", kept).strip()


def normalise(text: str, stretched: int = 2) -> str:
    """Words in lower case divided by one blank: no accents, punctuation, apostrophes, emoji or hidden marks.

    A letter that stands three times or more in a row is kept `stretched` times: "heeeelp" -> "heelp", or
    with 1 "help". Applying it twice changes nothing.
    """
    folded = _APOSTROPHES.sub("", clean(text).casefold())
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    alike = bare.translate(_ARABIC_ALIKE).translate(_LATIN_ALIKE)
    words = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", alike).casefold())
    return _REPEATED.sub(r"\1" * stretched, words).strip()
