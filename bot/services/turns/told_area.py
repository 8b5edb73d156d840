"""Where somebody lives, as they told it: alone, or among other words that are for the worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.core.case_phrases import Places
from bot.core.message import Incoming
from bot.core.normalise import clean, normalise
from bot.core.postcode import area_named, nearest, read_postcode, western_digits

# What people say around the place itself, in our languages, as `normalise` writes it.
_AROUND: Final = frozenset(
    re.findall(
        r"\w+",
        "ik wij we woon wonen wenje wenne in op te bij de het t it een mijn myn onze us is dat denk hier ja "
        "postcode postkoade buurt buert wijk wyk dorp doarp stad sted leeuwarden ljouwert "
        "i live my our the at of its yes area postal code neighbourhood neighborhood "
        "ben biz oturuyorum yasiyorum mahallem mahallesi mahalle posta kodu kodum evet da ta "
        "انا نحن اسكن نسكن اعيش في حي الحي الرمز البريدي رمزي هو نعم",
    )
)
# A number that was meant as a postcode and cannot be one: "0123", "12345", "B-1000", "1000 Brussel".
_LIKE_ONE: Final = re.compile(
    r"(?:[a-z]{1,3}[- ]?)?(?:\d[\d ]{0,7}|\d{4,6}[ ,-]+[^\W\d]+)",
    re.IGNORECASE,
)
_STREET: Final = re.compile(r"(?<!\d)[1-9]\d{3} ?[a-z]{2}(?![a-z])|\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldArea:
    """`postcode` is "" when no place was told, None for one that cannot be; `alone`: nothing else was said."""

    postcode: str | None
    alone: bool = True


def told_area(incoming: Incoming, places: Places) -> ToldArea:
    """The area that a message tells by postcode, by name, or by a shared place."""
    if incoming.place is not None:
        near = nearest(incoming.place, places.areas)
        return ToldArea(near.postcode if near else None)
    text = western_digits(clean(incoming.text))
    if postcode := read_postcode(text):
        return ToldArea(postcode, _is_alone(text, ""))
    if named := area_named(text, places.areas):
        return ToldArea(named.postcode, _is_alone(text, named.name))
    return ToldArea(None) if _LIKE_ONE.fullmatch(text) else ToldArea("", alone=False)


def _is_alone(text: str, name: str) -> bool:
    rest = normalise(_STREET.sub(" ", text)).split()
    return len([word for word in rest if word not in _AROUND and word not in normalise(name).split()]) <= 1
