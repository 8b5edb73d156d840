"""Words of pressure, blame, fear or flattery in a text."""

from __future__ import annotations

import re
from functools import cache

from bot.core.content import Pressure


def pressure_in(text: str, pressure: Pressure, topic: str, language: str) -> tuple[str, ...]:
    """The entries of the list that stand in a text on a topic; innocent phrases are taken out first."""
    plain = _folded(text, language)
    for phrase in pressure.exceptions:
        plain = _pattern(_folded(phrase, language)).sub(" ", plain)
    return tuple(
        entry
        for entry in pressure.words
        if topic not in pressure.allowed_in.get(entry, ()) and _pattern(_folded(entry, language)).search(plain)
    )


def _folded(text: str, language: str) -> str:
    """Small letters, straight apostrophes, no vowel signs; the dots of Turkish stay apart."""
    if language == "tr":
        text = text.replace("İ", "i").replace("I", "ı")
    return re.sub("[\u064b-\u065f\u0670\u0640]", "", text.replace("’", "'")).lower()


@cache
def _pattern(entry: str) -> re.Pattern[str]:
    """Whole words; `*` is any ending."""
    words = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in entry.split())
    return re.compile(rf"(?<!\w){words}(?!\w)")
