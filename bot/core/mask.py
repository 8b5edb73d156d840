"""What tells who somebody is or where they live stays in the house: a translation machine sees a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.core.postcode import are_letters

# Machines keep a Latin "word" without a meaning, and drop signs they do not know. Some write it with a
# blank, in small letters, in the letters of Russian or Greek, or with the digits of Arabic.
_GAP: Final = r"[\s\u200e\u200f]?"
_START: Final = rf"(?i:[xхχ]{_GAP}q){_GAP}"
_PLACEHOLDER: Final = re.compile(rf"{_START}(\d{{1,6}}){_GAP}(?i:[xхχ])")

_BETWEEN_DIGITS: Final = r"[ .\u00a0()/‐-―-]{0,3}"
_CAPITAL: Final = r"[A-ZÀ-ÞĞİŞ][\w.'’]*"
_STREET_ENDS: Final = (
    "straat|straatje|laan|weg|plein|kade|gracht|dijk|singel|hof|hofje|pad|steeg|wal|dreef|ring|plantsoen|park|markt|streek"
    "|strjitte|leane|wei|paad|dyk|street|road|avenue|lane|sokak|sokağı|cadde|caddesi"
)
_KINDS: Final = {
    # What looks like one of our placeholders: so that restoring cannot take it for one.
    "alike": rf"{_START}(?=\d)",
    "address": r"(?i:https?://|www\.|t\.me/|wa\.me/)[^\s<>\"]*[^\s<>\".,;:!?)]",
    "mail": r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "handle": r"(?<!\w)@\w{4,}",
    "iban": r"(?<!\w)(?i:[A-Z]{2}\d{2}[ .-]?[A-Z0-9]{4}(?:[ .-]?(?=[A-Z]{0,3}\d)[A-Z0-9]{1,4}){2,7})(?!\w)",
    "street": (
        rf"(?<!\w)(?:{_CAPITAL}\s(?:(?:van|der|den|de|ten|ter|het|'t|{_CAPITAL})\s){{0,3}}\w*|\w{{2,}})(?i:{_STREET_ENDS})"
        rf",?\s{{1,2}}(?i:nr|no|nummer|huisnummer|number)?[.:]?\s?(?!\d(?:{_BETWEEN_DIGITS}\d){{7}})"
        r"\d{1,5}(?!\d)(?:\s?[A-Za-z](?!\w))?(?:\s?[-/]\s?\d{1,4}(?!\d))?"
    ),
    "arabic_street": r"شارع(?:\s\w+){1,3}?\s(?:رقم\s)?\d{1,5}(?!\d)",
    "postcode": r"(?<!\w)(?P<digits>[1-9]\d{3})\s?(?P<letters>[A-Za-z]{2})(?!\w)",
    "number": rf"[+(]{{0,2}}\d(?:{_BETWEEN_DIGITS}\d){{6,}}",
    "long": r"\d{5,}",
}
_ALL: Final = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
_WITHOUT_NAMES: Final = re.compile(_ALL)
_SHORT: Final = 2  # letters of a name that is a word in many languages: masked only as it is written


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders XQ1X, XQ2X, ..., and the `parts` that they stand for, in that order."""

    text: str
    parts: tuple[str, ...] = ()

    def restore(self, translated: str) -> str:
        """The translation with every part put back; a part that the machine lost stands in brackets at the end."""
        lost = dict(enumerate(self.parts, start=1))

        def put_back(match: re.Match[str]) -> str:
            number = int(match[1])
            lost.pop(number, None)
            return self.parts[number - 1] if 1 <= number <= len(self.parts) else match[0]

        whole = _PLACEHOLDER.sub(put_back, translated)
        return " ".join([whole, *(f"[{part.strip()}]" for part in lost.values())])


def mask(text: str, names: Iterable[str] = ()) -> Masked:
    """The text without numbers of five digits and more, addresses of every kind, and these first names."""
    parts: list[str] = []

    def put_away(match: re.Match[str]) -> str:
        if match["letters"] and not are_letters(match["digits"], match["letters"]):
            return match[0]
        parts.append(match[0])
        return f"XQ{len(parts)}X"

    return Masked(_pattern(names).sub(put_away, text), tuple(parts))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    known = sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))
    if not known:
        return _WITHOUT_NAMES
    anyhow = "|".join(_name(name) for name in known)
    return re.compile(rf"{_ALL}|(?<!\w)(?:{anyhow})(?!\w)")


def _name(name: str) -> str:
    return re.escape(name) if len(name) <= _SHORT else f"(?i:{re.escape(name)})"
