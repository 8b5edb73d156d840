from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import after_open_time, closes, holidays, is_open, next_opening, open_time
from bot.core.team import Hours, Span

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = Hours(
    (*(Span(day, time(9), time(12)) for day in range(5)), *(Span(day, time(13), time(17)) for day in range(5))),
    frozenset({date(2026, 12, 25)}),
)
NIGHT = Hours((Span(0, time(18), time(0)), Span(1, time(0), time(6))))
ALWAYS = Hours(tuple(Span(day, time(0), time(0)) for day in range(7)))
NIGHTLY = Hours(tuple(Span(day, time(1), time(5)) for day in range(7)))
NEVER = Hours()


def at(text: str) -> datetime:
    """A local time in the Netherlands: "2026-11-23 09:00" is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("hours", "moment", "there"),
    [
        pytest.param(OFFICE, "2026-11-23 09:00", True, id="somebody is there at the minute it opens"),
        pytest.param(OFFICE, "2026-11-23 08:59", False, id="not a minute before"),
        pytest.param(OFFICE, "2026-11-23 17:00", False, id="nor at the minute it closes"),
        pytest.param(OFFICE, "2026-11-23 12:30", False, id="nor at lunch"),
        pytest.param(OFFICE, "2026-11-22 10:00", False, id="nor on Sunday"),
        pytest.param(OFFICE, "2026-12-25 10:00", False, id="nor on a holiday"),
        pytest.param(NIGHT, "2026-11-23 23:59", True, id="a span to midnight lasts to midnight"),
        pytest.param(NIGHT, "2026-11-24 00:00", True, id="and goes on with the next one"),
        pytest.param(NIGHT, "2026-11-25 00:00", False, id="only on its own day"),
        pytest.param(ALWAYS, "2026-11-22 03:00", True, id="a team for day and night is always there"),
        pytest.param(NEVER, "2026-11-23 10:00", False, id="a team without hours never"),
        pytest.param(Hours((Span(0, time(12), time(9)),)), "2026-11-23 10:00", False, id="a reversed span is none"),
        pytest.param(OFFICE, "2026-07-06 09:00", True, id="hours are by the local clock in summer"),
    ],
)
def test_whether_somebody_is_there(hours: Hours, moment: str, *, there: bool) -> None:
    assert is_open(hours, at(moment)) is there


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        pytest.param(OFFICE, "2026-11-23 10:15", "2026-11-23 10:15", id="now, when it is open"),
        pytest.param(OFFICE, "2026-11-23 12:00", "2026-11-23 13:00", id="after lunch"),
        pytest.param(OFFICE, "2026-11-23 17:00", "2026-11-24 09:00", id="tomorrow morning"),
        pytest.param(OFFICE, "2026-11-27 18:00", "2026-11-30 09:00", id="after the weekend"),
        pytest.param(OFFICE, "2026-12-24 17:30", "2026-12-28 09:00", id="after a holiday and the weekend"),
        pytest.param(OFFICE, "2026-03-27 20:00", "2026-03-30 09:00", id="at nine by the new clock in spring"),
        pytest.param(OFFICE, "2026-10-23 20:00", "2026-10-26 09:00", id="at nine by the new clock in autumn"),
        pytest.param(NEVER, "2026-11-23 10:00", None, id="never without hours"),
    ],
)
def test_when_it_opens_next(hours: Hours, moment: str, opens: str | None) -> None:
    assert next_opening(hours, at(moment)) == (opens and at(opens))


def test_a_team_that_is_closed_for_a_season_does_not_open_soon() -> None:
    start = date(2026, 6, 1)
    closed = Hours(OFFICE.spans, frozenset(start + timedelta(days=day) for day in range(80)))
    assert next_opening(closed, at("2026-06-01 10:00")) is None
    assert next_opening(closed, at("2026-07-01 10:00")) == at("2026-08-20 09:00")


@pytest.mark.parametrize(
    ("hours", "moment", "shuts"),
    [
        pytest.param(OFFICE, "2026-11-23 10:00", "2026-11-23 12:00", id="at lunch"),
        pytest.param(OFFICE, "2026-11-23 12:00", None, id="not, when it is closed"),
        pytest.param(OFFICE, "2026-11-21 12:00", None, id="not, on Saturday"),
        pytest.param(NIGHT, "2026-11-23 20:00", "2026-11-24 06:00", id="after midnight, when the night goes on"),
        pytest.param(ALWAYS, "2026-11-23 20:00", None, id="never, for day and night"),
        pytest.param(NEVER, "2026-11-23 20:00", None, id="not, without hours"),
    ],
)
def test_when_it_closes(hours: Hours, moment: str, shuts: str | None) -> None:
    assert closes(hours, at(moment)) == (shuts and at(shuts))


@pytest.mark.parametrize(
    ("hours", "start", "end", "expected"),
    [
        pytest.param(OFFICE, "2026-11-23 09:30", "2026-11-23 10:00", 0.5, id="within a morning"),
        pytest.param(OFFICE, "2026-11-23 11:00", "2026-11-23 14:00", 2, id="lunch does not count"),
        pytest.param(OFFICE, "2026-11-27 16:00", "2026-11-30 10:00", 2, id="nor does the weekend"),
        pytest.param(OFFICE, "2026-12-24 16:00", "2026-12-28 10:00", 2, id="nor does Christmas"),
        pytest.param(OFFICE, "2026-11-23 18:00", "2026-11-24 08:00", 0, id="nor does the night"),
        pytest.param(OFFICE, "2026-11-23 10:00", "2026-11-23 09:00", 0, id="nothing passes backwards"),
        pytest.param(NIGHTLY, "2026-03-28 20:00", "2026-03-29 12:00", 3, id="the night of the lost hour is shorter"),
        pytest.param(NIGHTLY, "2026-10-24 20:00", "2026-10-25 12:00", 5, id="the night of the extra hour is longer"),
        pytest.param(ALWAYS, "2026-03-28 12:00", "2026-03-29 12:00", 23, id="a day of 23 hours"),
        pytest.param(ALWAYS, "2026-10-24 12:00", "2026-10-25 12:00", 25, id="a day of 25 hours"),
        pytest.param(NEVER, "2026-11-23 09:00", "2026-12-23 09:00", 0, id="nothing without hours"),
    ],
)
def test_how_long_it_was_open(hours: Hours, start: str, end: str, expected: float) -> None:
    assert open_time(hours, at(start), at(end)) == timedelta(hours=expected)


def test_spans_that_overlap_count_once() -> None:
    twice = Hours((Span(0, time(9), time(12)), Span(0, time(11), time(13)), Span(0, time(9), time(10))))
    assert open_time(twice, at("2026-11-23 00:00"), at("2026-11-24 00:00")) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "due"),
    [
        pytest.param(OFFICE, "2026-11-23 09:00", 60, "2026-11-23 10:00", id="an hour within a morning"),
        pytest.param(OFFICE, "2026-11-23 11:30", 60, "2026-11-23 13:30", id="an hour around lunch"),
        pytest.param(OFFICE, "2026-11-27 16:30", 60, "2026-11-30 09:30", id="an hour around the weekend"),
        pytest.param(OFFICE, "2026-12-24 16:30", 60, "2026-12-28 09:30", id="an hour around Christmas"),
        pytest.param(OFFICE, "2026-11-22 03:00", 60, "2026-11-23 10:00", id="an hour from a Sunday night"),
        pytest.param(OFFICE, "2026-11-23 11:00", 60, "2026-11-23 12:00", id="to the last minute before lunch"),
        pytest.param(OFFICE, "2026-11-23 09:00", 7 * 60, "2026-11-23 17:00", id="a whole working day"),
        pytest.param(OFFICE, "2026-11-23 09:00", 36 * 60, "2026-11-30 10:00", id="more than a working week"),
        pytest.param(NIGHTLY, "2026-03-29 00:30", 120, "2026-03-29 04:00", id="over the lost hour of spring"),
        pytest.param(NIGHTLY, "2026-10-25 00:30", 240, "2026-10-25 04:00", id="over the extra hour of autumn"),
        pytest.param(NEVER, "2026-11-23 09:00", 60, "2026-11-23 10:00", id="by the clock without hours"),
        pytest.param(OFFICE, "2026-11-22 09:00", 0, "2026-11-22 09:00", id="nothing to wait for"),
    ],
)
def test_when_so_much_opening_time_has_passed(hours: Hours, start: str, minutes: int, due: str) -> None:
    assert after_open_time(hours, at(start), timedelta(minutes=minutes)) == at(due)


def test_a_team_that_will_not_open_for_a_year_keeps_nobody_waiting_for_ever() -> None:
    start = date(2026, 1, 1)
    closed = Hours(OFFICE.spans, frozenset(start + timedelta(days=day) for day in range(900)))
    assert after_open_time(closed, at("2026-06-01 09:00"), timedelta(hours=1)) == at("2026-06-01 10:00")


spans = st.builds(
    Span,
    st.integers(0, 6),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone given


@given(st.builds(Hours, st.lists(spans, max_size=6).map(tuple)), moments)
def test_open_closed_and_next_opening_agree(hours: Hours, moment: datetime) -> None:
    opens, shuts = next_opening(hours, moment), closes(hours, moment)
    assert is_open(hours, moment) is (opens == moment)
    if opens is not None:
        assert is_open(hours, opens)
        assert open_time(hours, moment, opens) == timedelta()
    if shuts is not None:
        assert not is_open(hours, shuts)
        assert open_time(hours, moment, shuts) == shuts - moment


@given(st.lists(spans, max_size=4), moments, st.integers(0, 3000))
def test_as_much_opening_time_passes_as_was_asked(some: list[Span], moment: datetime, minutes: int) -> None:
    hours = Hours((*some, Span(2, time(9), time(17))))
    amount = timedelta(minutes=minutes)
    due = after_open_time(hours, moment, amount)
    assert due.tzinfo is UTC
    assert open_time(hours, moment, due) == amount


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        is_open(OFFICE, datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 - on purpose


@pytest.mark.parametrize(
    ("year", "name", "day"),
    [
        # Rijksoverheid, "Officiële feestdagen".
        (2024, "Eerste paasdag", date(2024, 3, 31)),
        (2025, "Tweede paasdag", date(2025, 4, 21)),
        (2026, "Eerste paasdag", date(2026, 4, 5)),
        (2026, "Hemelvaartsdag", date(2026, 5, 14)),
        (2026, "Tweede pinksterdag", date(2026, 5, 25)),
        (2027, "Eerste paasdag", date(2027, 3, 28)),
        (2038, "Eerste paasdag", date(2038, 4, 25)),
        (2026, "Koningsdag", date(2026, 4, 27)),
        (2025, "Koningsdag", date(2025, 4, 26)),
        (2030, "Bevrijdingsdag", date(2030, 5, 5)),
        (2027, "Nieuwjaarsdag", date(2027, 1, 1)),
        (2027, "Tweede kerstdag", date(2027, 12, 26)),
    ],
    ids=str,
)
def test_dutch_holidays_fall_on_their_days(year: int, name: str, day: date) -> None:
    assert holidays(year)[day] == name


def test_liberation_day_is_a_day_off_every_fifth_year_and_good_friday_never() -> None:
    assert date(2026, 5, 5) not in holidays(2026)
    assert date(2025, 5, 5) in holidays(2025)
    assert date(2026, 4, 3) not in holidays(2026)
