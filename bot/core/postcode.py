"""Where somebody lives, from what they typed or shared: a Dutch postcode, a neighbourhood's name, or a place.

Only the four digits of a postcode are kept: with its letters it is a street.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Final

from bot.core.normalise import clean, normalise
from bot.core.team import Area

FARTHEST_KM: Final = 15.0
EARTH_KM: Final = 6371.0088  # the mean radius (IUGG)

# Arabic and Chinese write no blank between a word and a number: only Latin letters make it part of a word.
_LATIN: Final = "0-9A-Za-z\u00c0-\u024f"
# What has two letters and follows a number more often than the letters of a postcode do.
_WORDS: Final = re.compile("is|en|of|in|op|om|de|te|ik|je|we|ze|he|nu|ja|al|er|zo|it|to|or|at|on|my|an|as|by|so|ve")
_DOSES: Final = re.compile("ie|iu")
_MEASURES: Final = re.compile("mg|ml|km|kg|kj|cm|mm|cc|gr|tl")
_FOUR: Final = re.compile(rf"(?<![{_LATIN}])(?:NL ?-? ?)?([1-9]\d{{3}})(?!\d)", re.IGNORECASE)
_LETTERS: Final = re.compile(rf" ?([A-Za-z]{{2}})(?![{_LATIN}])")
_ALONE: Final = re.compile(r"\W*(?:NL\W*)?\d{4} ?(?:[A-Za-z]{2})?\W*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d(?:[ ./()–-]{0,3}\d)*")
_YEARS: Final = range(1900, 2100)
_PHONE_DIGITS: Final = 7
_LONG_PHONE_DIGITS: Final = 9  # "Kerkstraat 112 8911 AB" has seven

_SAID: Final = re.compile(
    r"(?:post ?code|post ?koade|postal code|zip(?: code)?|posta ?kodu\w*|البريدي)"
    r"(?:\W+(?:is|was|van|mij|my|now|nu|هو))*\W*$",
    re.IGNORECASE,
)
_MONEY: Final = r"€|\$|£|euros?\b|eur\b|avro\b|lira\b|dollars?\b|يورو"
_UNITS: Final = (
    "gram|kilo|calor|kcal|meter|stap|steps|keer|kear|times|mensen|people|minsken|uur|oere|hours|years?\b|jaar|jier"
)
_ABROAD: Final = "belgi|belçika|brussel|bruxelles|luxemb|vienna|wien"
_NOT_BEFORE: Final = re.compile(
    rf"(?i:{_MONEY}) ?$|[#@/+]$|\d[.,:]$|(?<![{_LATIN}])(?i:[ABHLN]|BE|LU|AT|CH|DK|NO|HU) ?[-–] ?$|\b(?:BE|LU|CH|DK) $"
)
_NOT_AFTER: Final = re.compile(
    rf" ?(?:{_MONEY}|[%‰])|[.,:]\d|,-|[ ,]*(?:{_ABROAD})| ?(?:{_UNITS})| ?(?:{_DOSES.pattern}|{_MEASURES.pattern})\b",
    re.IGNORECASE,
)


def read_postcode(text: str) -> str | None:
    """The four digits of the Dutch postcode in a text; the surest if there are several, None if there is none.

    What could be a year counts with its letters, after the word "postcode", or as the whole message.
    """
    plain = western_digits(clean(text))
    found = [(_sureness(plain, match), -match.start(), match[1]) for match in _FOUR.finditer(plain)]
    sureness, _, digits = max(found, default=(0, 0, ""))
    return digits if sureness else None


def nearest(place: tuple[float, float], areas: Iterable[Area]) -> Area | None:
    """The area whose middle is nearest to a place (latitude, longitude in degrees), at most FARTHEST_KM away."""
    distances = (
        (kilometres(place, (area.latitude, area.longitude)), area.postcode, area)
        for area in areas
        if area.latitude is not None and area.longitude is not None
    )
    near = [found for found in distances if found[0] <= FARTHEST_KM]
    return min(near, key=lambda found: found[:2])[2] if near else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance between two places in degrees, by the haversine formula (R. W. Sinnott, 1984)."""
    (south, west), (north, east) = ((radians(x), radians(y)) for x, y in (one, other))
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def area_named(text: str, areas: Iterable[Area]) -> Area | None:
    """The area whose name stands in a text as whole words: the longest name, then the lowest postcode."""
    said = normalise(text)
    named = ((normalise(area.name), area) for area in areas)
    found = [(-len(name), area.postcode, area) for name, area in named if name and _stands_in(name, said)]
    return min(found, key=lambda one: one[:2])[2] if found else None


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![{_LATIN}]){re.escape(name)}(?![{_LATIN}])", text))


def western_digits(text: str) -> str:
    """The same text with every digit as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def are_letters(digits: str, letters: str) -> bool:
    """Whether two letters after four digits can be those of a postcode; a measure stands after a round number."""
    small = letters.casefold()
    if _DOSES.fullmatch(small):
        return False
    if letters.isupper():
        return True
    return not _WORDS.fullmatch(small) and not (digits.endswith("0") and _MEASURES.fullmatch(small))


def _sureness(text: str, match: re.Match[str]) -> int:
    """0: no postcode; 1: four digits that may be one; 2: said to be one; 3: with its letters, or all that was said."""
    letters = _letters(text, match)
    before, after = text[: match.start()], text[(letters or match).end() :]
    longest = _LONG_PHONE_DIGITS if letters else _PHONE_DIGITS
    if _is_something_else(before, after) or _digits_around(text, match) >= longest:
        return 0
    if letters or _ALONE.fullmatch(text):
        return 3
    if _SAID.search(before):
        return 2
    return int(int(match[1]) not in _YEARS)


def _letters(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """The two letters after the digits, unless they are a short word ("in 2024 ga ik") or a measure."""
    letters = _LETTERS.match(text, match.end())
    if not letters or not are_letters(match[1], letters[1]):
        return None
    word = letters[0].startswith(" ") and letters[1].islower() and int(match[1]) in _YEARS
    return None if word else letters


def _is_something_else(before: str, after: str) -> bool:
    """An amount, a measure, part of a word or a longer number, or a postcode abroad."""
    attached = bool(re.match(f"[{_LATIN}]", after))
    return attached or bool(_NOT_BEFORE.search(before)) or bool(_NOT_AFTER.match(after))


def _digits_around(text: str, match: re.Match[str]) -> int:
    """How many digits the number has in which these four stand, blanks and dashes left out."""
    runs = (run for run in _NUMBER.finditer(text) if run.start() <= match.start(1) < run.end())
    return sum(character.isdigit() for run in runs for character in run[0])
