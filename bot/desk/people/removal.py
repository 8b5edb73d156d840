"""A team that is no more: nothing new comes to it; its people read its closed cases until those are erased."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.team import Team, Worker
from bot.desk.desk import desk_of
from bot.desk.forms import Problems, done, given
from bot.desk.people.rights import own_team
from bot.desk.people.teams import for_coordinators, team_page
from bot.services.cases.link_group import leave_group
from bot.services.ports import Unit

_OPEN: Final = "This team has open cases. Close them, or hand them over to another team, and then try again."
_NOT_SURE: Final = "Tick that you are sure. Nothing was removed yet."


@for_coordinators
async def remove(request: Request, worker: Worker) -> Response:
    """Removes the team, unless somebody still waits for it."""
    desk, sure = desk_of(request), (await given(request)).ticked("sure")
    problems = Problems()
    problems.unless(sure, "sure", _NOT_SURE)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        problems.unless(not await unit.cases(teams=(team.id,), limit=1), "sure", _OPEN)
        if not problems:
            await _remove(unit, team, worker, request)
    return await team_page(request, team, problems) if problems else done("/desk/people", "team-removed")


async def _remove(unit: Unit, team: Team, worker: Worker, request: Request) -> None:
    now = desk_of(request).clock()
    await leave_group(unit, team)
    await unit.remove_team(team.id, now)
    await unit.audit(worker.id, "removed team", team.id, now)
