"""A coordinator's teams: what residents are told of them, and how soon they answer."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.case import State
from bot.core.team import Role, Team, Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import Given, Problems, done, given
from bot.desk.people.rights import manages, own, own_team, sees
from bot.desk.people.times import by_week, monday, times_of, waiting
from bot.desk.session import for_roles

_ALL: Final = 5000  # cases that the times are counted over
_LONGEST_WAIT: Final = 7 * 24 * 60  # minutes
for_coordinators: Final = for_roles(Role.COORDINATOR)


@for_coordinators
async def overview(request: Request, worker: Worker) -> Response:
    """The coordinator's teams and the people in them."""
    return await _overview(request, worker, Problems())


@for_coordinators
async def make(request: Request, worker: Worker) -> Response:
    """A new team, with its maker in it."""
    desk, name = desk_of(request), (await given(request)).text("name")
    problems = Problems()
    problems.unless(name, "name", "Give the team a name.")
    if problems:
        return await _overview(request, worker, problems)
    team = Team(uuid.uuid4().hex, name)
    async with desk.store.unit() as unit:
        await unit.keep_team(team)
        maker = await unit.worker(worker.id) or worker
        await unit.keep_worker(replace(maker, teams=(*maker.teams, team.id)))
        await unit.audit(worker.id, "made team", team.id, desk.clock())
    return done(f"/desk/people/teams/{team.id}")


@for_coordinators
async def show(request: Request, worker: Worker) -> Response:
    """One team."""
    team = await own_team(request, desk_of(request).store, worker)
    return await team_page(request, team, Problems())


@for_coordinators
async def save(request: Request, worker: Worker) -> Response:
    """Keeps what residents are told of a team."""
    desk, form = desk_of(request), await given(request)
    async with desk.store.unit() as unit:
        team, problems = read_team(await own_team(request, unit, worker), form)
        if not problems:
            await unit.keep_team(team)
            await unit.audit(worker.id, "changed team", team.id, desk.clock())
    return await team_page(request, team, problems) if problems else done(f"/desk/people/teams/{team.id}")


def read_team(team: Team, form: Given) -> tuple[Team, Problems]:
    """The team as it was filled in, and what is wrong with that."""
    problems, minutes = Problems(), form.text("answer_minutes", 5)
    in_range = minutes.isascii() and minutes.isdigit() and 1 <= int(minutes) <= _LONGEST_WAIT
    problems.unless(form.text("name"), "name", "Give the team a name.")
    problems.unless(in_range, "answer_minutes", "Give a number of minutes, from 1 to 10080 (a week).")
    changed = replace(
        team,
        name=form.text("name"),
        answer_minutes=int(minutes) if in_range else team.answer_minutes,
        phone=form.text("phone", 30),
        walk_in=form.text("walk_in", 300),
        text_in_telegram=form.ticked("text_in_telegram"),
    )
    return changed, problems


async def _overview(request: Request, worker: Worker, problems: Problems) -> Response:
    store = desk_of(request).store
    people = [one for one in await store.workers() if sees(worker, one)]
    return page.render(
        request,
        "people/overview.html",
        422 if problems else 200,
        teams=own(worker, await store.teams()),
        people=people,
        mine={one.id for one in people if manages(worker, one)},
        now=desk_of(request).clock(),
        problems=problems,
    )


async def team_page(request: Request, team: Team, problems: Problems) -> Response:
    """The page of one team, with what is wrong in a form that was sent."""
    desk = desk_of(request)
    cases = await desk.store.cases(teams=(team.id,), states=tuple(State), limit=_ALL)
    weeks = by_week(team, cases, desk.clock())
    recent = [case for case in cases if monday(case.opened_at, team) >= weeks[-1].monday]
    return page.render(
        request,
        "people/team.html",
        422 if problems else 200,
        team=team,
        problems=problems,
        times=times_of(team, recent),
        weeks=weeks,
        waiting=waiting(cases),
        telegram=bool(desk.bot_name()),
        only_one=len(await desk.store.teams()) == 1,
    )
