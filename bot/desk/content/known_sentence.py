"""Sentences of the use cases, told in English with names filled in, found again among those that have a translation."""

from __future__ import annotations

import re
from functools import cache


def places_in(sentence: str, known: str) -> dict[str, str] | None:
    """What stands in the {places} of a known sentence; None when `sentence` is another."""
    found = _pattern(known).fullmatch(sentence)
    return found.groupdict() if found else None


@cache
def _pattern(known: str) -> re.Pattern[str]:
    """Matches the sentence with anything in its places."""
    parts = re.split(r"\{(\w+)\}", known)
    names = [f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(names), re.DOTALL)
