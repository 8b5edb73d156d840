"""Opening hours as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from bot.core.team import Span
from bot.desk.people.hours_form import read_day, written_day


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", []),
        ("9-17", [(time(9), time(17))]),
        ("09:00-12:30, 13:00-17:00", [(time(9), time(12, 30)), (time(13), time(17))]),
        ("13-17; 9-12", [(time(9), time(12)), (time(13), time(17))]),
        ("9.15 tot 10.45", [(time(9, 15), time(10, 45))]),
        ("9:00 – 12:00 en 13:00 – 14:00", [(time(9), time(12)), (time(13), time(14))]),
        ("18-24", [(time(18), time(0))]),
        ("0:00-24:00", [(time(0), time(0))]),
    ],
)
def test_hours_are_read_as_they_are_written(typed: str, spans: list[tuple[time, time]]) -> None:
    read = read_day(3, typed)
    assert read == tuple(Span(3, *span) for span in spans)
    assert read_day(3, written_day(3, read)) == read, "and what is shown reads the same"


@pytest.mark.parametrize(
    "typed", ["dicht", "9", "17-9", "9-9", "25-26", "9:75-10:00", "9-12, 11-14", "18-24, 20-22", "9-12 x", "9-12-15"]
)
def test_hours_that_cannot_be_are_refused(typed: str) -> None:
    assert read_day(0, typed) is None
