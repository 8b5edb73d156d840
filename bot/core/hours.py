"""When a team reads its messages: pure sums over opening hours. Moments come with a zone; results are in UTC.

A span that ends at midnight ends with its day. A time that the clock skips or passes twice (summer time)
is read as iCalendar reads it: by the offset before the leap, and the first of the two (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.team import Hours

HORIZON: Final = timedelta(days=60)  # a team that opens no sooner counts as closed for good
PATIENCE: Final = timedelta(days=366)  # a wait that takes more opening days than this is counted by the clock
_DAY: Final = timedelta(days=1)


def is_open(hours: Hours, at: datetime) -> bool:
    """Is somebody there at this moment? Yes at the opening time itself, no at the closing time."""
    return any(opens <= at for opens, _ in _openings(hours, at, at))


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """When it opens next: `at` itself when open, None when not within HORIZON."""
    return next((opens for opens, _ in _openings(hours, at, at + HORIZON)), None)


def closes(hours: Hours, at: datetime) -> datetime | None:
    """When it closes next: None when it is closed at this moment, or never closes within HORIZON."""
    end = _utc(at)
    for opens, shuts in _openings(hours, at, at + HORIZON):
        if opens != end:
            return end if end > at else None
        end = shuts
    return end if at < end < at + HORIZON else None


def open_time(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """How long it was open between two moments; nothing when the end is not after the start."""
    return sum(
        (min(shuts, _utc(end)) - opens for opens, shuts in _openings(hours, start, end) if opens < end), timedelta()
    )


def after_open_time(hours: Hours, start: datetime, amount: timedelta) -> datetime:
    """The moment when so much opening time has passed since `start`.

    By the clock when that much does not come within PATIENCE, as for a team without hours: nothing waits for ever.
    """
    left = amount
    if left > timedelta():
        for opens, shuts in _openings(hours, start, start + PATIENCE):
            if opens + left <= shuts:
                return opens + left
            left -= shuts - opens
    return _utc(start) + amount


def holidays(year: int) -> dict[date, str]:
    """The days of a year on which Dutch public services are closed, from 2014 on, with their Dutch names.

    As in the Algemene termijnenwet, article 3, with two differences: Good Friday is left out, as most
    teams work then, and 5 May stands here only every fifth year, when most have the day off.
    """
    easter = _easter(year)
    days = {
        date(year, 1, 1): "Nieuwjaarsdag",
        easter: "Eerste paasdag",
        easter + _DAY: "Tweede paasdag",
        _kings_day(year): "Koningsdag",
        easter + 39 * _DAY: "Hemelvaartsdag",
        easter + 49 * _DAY: "Eerste pinksterdag",
        easter + 50 * _DAY: "Tweede pinksterdag",
        date(year, 12, 25): "Eerste kerstdag",
        date(year, 12, 26): "Tweede kerstdag",
    }
    if year % 5 == 0:
        days.setdefault(date(year, 5, 5), "Bevrijdingsdag")
    return dict(sorted(days.items()))


def _kings_day(year: int) -> date:
    """27 April, or the Saturday before when that is a Sunday."""
    day = date(year, 4, 27)
    return day - _DAY if day.weekday() == 6 else day  # noqa: PLR2004 - Sunday


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (J. Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _openings(hours: Hours, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """(opens, closes) of what begins up to `until` and ends after `since`, cut off there, without overlap."""
    zone = ZoneInfo(hours.zone)
    reached, last = _utc(since), _utc(until)
    day = reached.astimezone(zone).date()
    while day <= last.astimezone(zone).date():
        for opens, shuts in _spans_on(hours, day, zone):
            start = max(opens, reached)
            if start < shuts and start <= last:
                yield start, shuts
                reached = shuts
        day += _DAY


def _spans_on(hours: Hours, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    if day in hours.holidays:
        return []
    spans = (span for span in hours.spans if span.weekday == day.weekday())
    return sorted((_moment(day, span.start, zone), _moment(_last_day(day, span.end), span.end, zone)) for span in spans)


def _last_day(day: date, end: time) -> date:
    return day + _DAY if end == time.min else day


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return at.astimezone(UTC)
