"""Which neighbourhoods a team serves."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.team import Area, Team, Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import Given, Problems, done, given
from bot.desk.people.rights import own_team
from bot.desk.people.teams import for_coordinators

_POSTCODE: Final = re.compile(r"[1-9][0-9]{3}")
# Where the Netherlands are, in degrees: anything else is a slip of the finger.
_LATITUDES: Final = (50.5, 53.8)
_LONGITUDES: Final = (3.2, 7.4)
_TAKEN: Final = "This postcode belongs to another team. Ask their coordinator to remove it first."


@for_coordinators
async def show(request: Request, worker: Worker) -> Response:
    """The areas of a team."""
    team = await own_team(request, desk_of(request).store, worker)
    return await _areas(request, team, Given({}), Problems())


@for_coordinators
async def save(request: Request, worker: Worker) -> Response:
    """A new area, or another name for one of the team's own."""
    desk, form = desk_of(request), await given(request)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        area, problems = read_area(team, form)
        owners = {each.postcode: each.team for each in await unit.areas()}
        problems.unless(owners.get(area.postcode, team.id) in worker.teams, "postcode", _TAKEN)
        if not problems:
            await unit.keep_area(area)
            await unit.audit(worker.id, "kept area", f"{area.postcode} {team.id}", desk.clock())
    return await _areas(request, team, form, problems) if problems else done(_address(team))


@for_coordinators
async def remove(request: Request, worker: Worker) -> Response:
    """The team no longer serves this area."""
    desk, postcode = desk_of(request), (await given(request)).text("postcode", 10)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        if any(area.postcode == postcode and area.team == team.id for area in await unit.areas()):
            await unit.remove_area(postcode)
            await unit.audit(worker.id, "removed area", f"{postcode} {team.id}", desk.clock())
    return done(_address(team), "removed")


def read_area(team: Team, form: Given) -> tuple[Area, Problems]:
    """The area as it was filled in, and what is wrong with that."""
    problems, postcode, name = Problems(), form.text("postcode", 10), form.text("name", 100)
    problems.unless(_POSTCODE.fullmatch(postcode), "postcode", "Give the four digits of the postcode, such as 8911.")
    problems.unless(name, "name", "Give the name that residents use.")
    typed = form.text("latitude", 20), form.text("longitude", 20)
    latitude, longitude = _degrees(typed[0], _LATITUDES), _degrees(typed[1], _LONGITUDES)
    for field, text, degrees in (("latitude", typed[0], latitude), ("longitude", typed[1], longitude)):
        problems.unless(
            not text or degrees is not None, field, "Give degrees in the Netherlands, such as 53.20 and 5.79."
        )
    problems.unless(bool(typed[0]) == bool(typed[1]), "longitude", "Fill in both, or neither.")
    return Area(postcode, name, team.id, latitude, longitude), problems


def _degrees(text: str, within: tuple[float, float]) -> float | None:
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        return None
    return degrees if within[0] <= degrees <= within[1] else None


async def _areas(request: Request, team: Team, form: Given, problems: Problems) -> Response:
    areas = [area for area in await desk_of(request).store.areas() if area.team == team.id]
    status = 422 if problems else 200
    return page.render(request, "people/areas.html", status, team=team, areas=areas, form=form, problems=problems)


def _address(team: Team) -> str:
    return f"/desk/people/teams/{team.id}/areas"
