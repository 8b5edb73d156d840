"""How long residents wait for the first answer, by team and week, in opening hours."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.case import Case, State
from bot.core.hours import open_time
from bot.core.team import Team

WEEKS: Final = 8
FEWEST: Final = 5  # under this a middle value says more about one person than about the team


@dataclass(frozen=True, slots=True)
class Times:
    """First answers in some time: how many, half of them within `half`, nine of ten within `most` (minutes).

    `in_time` of them came within the team's own time. `half` and `most` are None for fewer than FEWEST answers.
    """

    count: int
    in_time: int
    half: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """The first answers to the cases that were opened in the week of this Monday."""

    monday: date
    times: Times


def times_of(team: Team, cases: Iterable[Case]) -> Times:
    """The times of those of the cases that were answered."""
    waits = sorted(
        open_time(team.hours, case.opened_at, case.answered_at)
        if team.hours.spans
        else case.answered_at - case.opened_at
        for case in cases
        if case.answered_at is not None
    )
    in_time = sum(wait <= timedelta(minutes=team.answer_minutes) for wait in waits)
    if len(waits) < FEWEST:
        return Times(len(waits), in_time, None, None)
    return Times(len(waits), in_time, _minutes(waits, 0.5), _minutes(waits, 0.9))


def by_week(team: Team, cases: Iterable[Case], now: datetime) -> list[Week]:
    """The last WEEKS weeks, this one first."""
    opened = [(monday(case.opened_at, team), case) for case in cases]
    this = monday(now, team)
    mondays = [this - timedelta(weeks=back) for back in range(WEEKS)]
    return [Week(day, times_of(team, [case for week, case in opened if week == day])) for day in mondays]


def waiting(cases: Iterable[Case]) -> list[Case]:
    """The cases that nobody took yet, the longest waiting first."""
    return sorted((case for case in cases if case.state is State.WAITING), key=lambda case: case.opened_at)


def _minutes(waits: list[timedelta], part: float) -> int:
    """The wait that this part of all stays within: the nearest-rank quantile."""
    return round(waits[math.ceil(len(waits) * part) - 1] / timedelta(minutes=1))


def monday(at: datetime, team: Team) -> date:
    """The Monday of the week of a moment, where the team is."""
    day = at.astimezone(ZoneInfo(team.hours.zone)).date()
    return day - timedelta(days=day.weekday())
