"""A place as a page posts it: latitude and longitude in degrees, to a thousandth (about 100 metres)."""

from __future__ import annotations

import re
from typing import Final

_WRITTEN: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,3})?),(-?[0-9]{1,3}(?:\.[0-9]{1,3})?)")
_NORTH: Final = 90.0
_EAST: Final = 180.0


def read_place(text: str) -> tuple[float, float] | None:
    """Latitude and longitude; None for what is no place on earth, or is told more exactly than we want to know."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    north, east = float(found[1]), float(found[2])
    return (north, east) if abs(north) <= _NORTH and abs(east) <= _EAST else None
