"""Opening hours as a coordinator types them: "9-12:30, 13-17" for each day of the week."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import Final

from bot.core.team import Span

_SPAN: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|tot|to)\s*(\d{1,2})(?:[:.](\d{2}))?")
_BETWEEN: Final = re.compile(r"\s*(?:,|;|\ben\b|\band\b|\s)\s*")


def read_day(weekday: int, text: str) -> tuple[Span, ...] | None:
    """The spans of one day, () for a day that is closed; None when the text cannot be read so.

    24:00 is midnight at the end of the day, kept as 0:00.
    """
    spans = []
    for found in _SPAN.finditer(text.casefold()):
        start, end = _time(found[1], found[2]), _time(found[3], found[4])
        if start is None or end is None or (end <= start and end != time(0)):
            return None
        spans.append(Span(weekday, start, end))
    spans.sort(key=lambda span: span.start)
    left = _BETWEEN.sub("", _SPAN.sub(" ", text.casefold()))
    overlap = any(later.start < before.end or before.end == time(0) for before, later in pairwise(spans))
    return None if left or overlap else tuple(spans)


def written_day(weekday: int, spans: Iterable[Span]) -> str:
    """The hours of one day as `read_day` reads them."""
    own = sorted((span for span in spans if span.weekday == weekday), key=lambda span: span.start)
    return ", ".join(f"{_written(span.start)}-{_written(span.end, end=True)}" for span in own)


def _time(hours: str, minutes: str | None) -> time | None:
    try:
        return time(0) if (int(hours), int(minutes or 0)) == (24, 0) else time(int(hours), int(minutes or 0))
    except ValueError:
        return None


def _written(at: time, *, end: bool = False) -> str:
    return "24:00" if end and at == time(0) else f"{at.hour}:{at.minute:02}"
