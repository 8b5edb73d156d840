"""When a team reads its messages, and on which days it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.hours import holidays
from bot.core.team import Hours, Team, Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import Problems, done, given
from bot.desk.people.hours_form import read_day, written_day
from bot.desk.people.rights import own_team
from bot.desk.people.teams import for_coordinators

WEEK: Final = range(7)
_MOST_DAYS: Final = 400  # closed days a team can have noted


@for_coordinators
async def show(request: Request, worker: Worker) -> Response:
    """The hours of the week, and the days that are closed."""
    team = await own_team(request, desk_of(request).store, worker)
    return _hours(request, team, [written_day(day, team.hours.spans) for day in WEEK], Problems())


@for_coordinators
async def save(request: Request, worker: Worker) -> Response:
    """Keeps the hours of the week."""
    desk, form, problems = desk_of(request), await given(request), Problems()
    typed = [form.text(f"day{day}") for day in WEEK]
    read = [read_day(day, text) for day, text in zip(WEEK, typed, strict=True)]
    for day, spans in zip(WEEK, read, strict=True):
        problems.unless(spans is not None, f"day{day}", "Write it as 9:00-12:30, 13:00-17:00. Empty is closed.")
    if problems:
        return _hours(request, await own_team(request, desk.store, worker), typed, problems)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        hours = replace(team.hours, spans=tuple(span for spans in read for span in spans or ()))
        await unit.keep_team(replace(team, hours=hours))
        await unit.audit(worker.id, "changed hours", team.id, desk.clock())
    return done(_address(team))


@for_coordinators
async def close_day(request: Request, worker: Worker) -> Response:
    """One more day on which the team is closed."""
    day = (await given(request)).day("day")
    if day is None:
        problems = Problems({"day": "Choose a date."})
        team = await own_team(request, desk_of(request).store, worker)
        return _hours(request, team, [written_day(each, team.hours.spans) for each in WEEK], problems)
    return await _keep_days(request, worker, add=[day])


@for_coordinators
async def open_day(request: Request, worker: Worker) -> Response:
    """A day that is not closed after all."""
    day = (await given(request)).day("day")
    return await _keep_days(request, worker, remove=[day] if day else [])


@for_coordinators
async def public_holidays(request: Request, worker: Worker) -> Response:
    """Closed on the public holidays that are still to come, of this year and the next."""
    today = desk_of(request).clock().date()
    coming = [day for year in (today.year, today.year + 1) for day in holidays(year) if day >= today]
    return await _keep_days(request, worker, add=coming)


async def _keep_days(
    request: Request, worker: Worker, *, add: Sequence[date] = (), remove: Sequence[date] = ()
) -> Response:
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        closed = sorted((team.hours.holidays | set(add)) - set(remove))[-_MOST_DAYS:]
        await unit.keep_team(replace(team, hours=replace(team.hours, holidays=frozenset(closed))))
        await unit.audit(worker.id, "changed holidays", team.id, desk.clock())
    return done(_address(team), "removed" if remove else "saved")


def _hours(request: Request, team: Team, typed: Sequence[str], problems: Problems) -> Response:
    today = desk_of(request).clock().date()
    return page.render(
        request,
        "people/hours.html",
        422 if problems else 200,
        team=team,
        typed=typed,
        closed=_coming(team.hours, today),
        all_holidays=holidays(today.year) | holidays(today.year + 1),
        problems=problems,
    )


def _coming(hours: Hours, today: date) -> list[date]:
    return sorted(day for day in hours.holidays if day >= today)


def _address(team: Team) -> str:
    return f"/desk/people/teams/{team.id}/hours"
