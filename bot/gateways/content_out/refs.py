"""Which entries there can be, and in which order they stand in a file."""

from __future__ import annotations

import re
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.overlay import LABEL_GROUPS, PRESSURE_KEY
from bot.core.triage import Flag

SPOKEN: Final = frozenset({Kind.ANSWER, Kind.LABEL, Kind.FLAG, Kind.TERM, Kind.PRESSURE, Kind.EXAMPLES})
_KEY: Final = {
    Kind.ANSWER: re.compile(r"utter_[a-z][a-z0-9_]*"),
    Kind.TOPIC: re.compile(r"[a-z][a-z0-9_]*"),
    Kind.FACT: re.compile(r"[a-z][a-z0-9_]*"),
    Kind.LABEL: re.compile(rf"(?:{'|'.join(LABEL_GROUPS)})\..+", re.DOTALL),
    Kind.FLAG: re.compile("|".join(flag.value for flag in Flag)),
    Kind.PRESSURE: re.compile(PRESSURE_KEY),
    Kind.CARD: re.compile("[a-z]{2,3}"),
    Kind.EXAMPLES: re.compile(r"[a-z][a-z0-9_]*"),
}
_ORDER: Final = list(Kind)
_LANGUAGES: Final = list(LANGUAGES)


def in_order(ref: Ref) -> tuple[int, str, int, str]:
    """What to sort entries by: kind, key, then the languages as they are listed everywhere."""
    known = ref.language in LANGUAGES
    return _ORDER.index(ref.kind), ref.key, _LANGUAGES.index(ref.language) if known else len(_LANGUAGES), ref.language


def wrong_with(ref: Ref) -> str:
    """Why there can be no such entry, in a sentence, or ""."""
    if ref.kind in SPOKEN and ref.language not in LANGUAGES:
        return f"“{ref.language}” is not one of our languages. Use {', '.join(LANGUAGES)}."
    if ref.kind not in SPOKEN and ref.language:
        return f"A {ref.kind} has no language. Leave it out."
    pattern = _KEY.get(ref.kind)
    if not ref.key or (pattern and not pattern.fullmatch(ref.key)):
        return f"“{ref.key}” cannot be the key of a {ref.kind}. Copy the key from a file that was exported."
    return ""
