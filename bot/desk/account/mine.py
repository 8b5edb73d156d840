"""A worker's own page: what they can set for themselves."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import done, given
from bot.desk.people.leaving import last_day_away
from bot.desk.session import for_roles
from bot.desk.words import LANGUAGES

for_staff = for_roles(*Role)


@for_staff
async def show(request: Request, worker: Worker) -> Response:
    """The page."""
    desk = desk_of(request)
    now = desk.clock()
    return page.render(
        request,
        "account/mine.html",
        available=worker.available(now),
        telegram=bool(desk.bot_name()),
        log=bool(worker.roles - {Role.WORKER}),
    )


@for_staff
async def language(request: Request, worker: Worker) -> Response:
    """The language of the worker's own screen."""
    wanted = (await given(request)).text("language", 2)
    return await _keep(request, worker, language=wanted) if wanted in LANGUAGES else done("/desk/account")


@for_staff
async def duty(request: Request, worker: Worker) -> Response:
    """On duty or not: only who is hears of a new case at once."""
    return await _keep(request, worker, on_duty=(await given(request)).text("duty", 3) == "on")


@for_staff
async def away(request: Request, worker: Worker) -> Response:
    """Ill or on leave until a day: the worker's open cases go to colleagues."""
    desk = desk_of(request)
    until = last_day_away(desk, await given(request))
    if until is None:
        return done("/desk/account")
    await _keep(request, worker, away_until=until)
    await desk.work.move_cases(worker.id)
    return done("/desk/account", "away")


@for_staff
async def back(request: Request, worker: Worker) -> Response:
    """Back at work."""
    return await _keep(request, worker, away_until=None)


async def _keep(request: Request, worker: Worker, **changes: object) -> Response:
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        now = await unit.worker(worker.id) or worker
        await unit.keep_worker(replace(now, **changes))  # type: ignore[arg-type]
        await unit.audit(worker.id, f"set own {' and '.join(changes)}", worker.id, desk.clock())
    return done("/desk/account")
