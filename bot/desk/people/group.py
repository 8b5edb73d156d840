"""A team's own Telegram group, with a topic for every case: linked by a code that is written there, once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.team import Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import done
from bot.desk.people.rights import own_team
from bot.desk.people.teams import for_coordinators
from bot.services.cases.link_group import PURPOSE, leave_group

LASTS: Final = timedelta(minutes=15)
_BYTES: Final = 10  # in plain letters and digits, so that no keyboard makes something else of it


@for_coordinators
async def link(request: Request, worker: Worker) -> Response:
    """The code, and what to do with it."""
    desk = desk_of(request)
    team = await own_team(request, desk.store, worker)
    if not (bot := desk.bot_name()):
        return RedirectResponse(f"/desk/people/teams/{team.id}", 303)
    code = secrets.token_hex(_BYTES)
    async with desk.store.unit() as unit:
        await unit.give_token(code, PURPOSE, worker.id, desk.clock() + LASTS, team.id)
        await unit.audit(worker.id, "asked for group code", team.id, desk.clock())
    return page.render(request, "people/group.html", team=team, code=code, bot=bot)


@for_coordinators
async def unlink(request: Request, worker: Worker) -> Response:
    """Nothing more is said in the team's group."""
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        await leave_group(unit, team)
        await unit.audit(worker.id, "unlinked group", team.id, desk.clock())
    return done(f"/desk/people/teams/{team.id}", "group-unlinked")
