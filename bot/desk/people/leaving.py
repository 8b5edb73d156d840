"""Who is ill, on leave or gone, and who is back: their open cases do not wait for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from bot.core.team import Worker
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, done, given
from bot.desk.people.rights import colleague_of, locks_out, own_worker
from bot.desk.people.teams import for_coordinators
from bot.services.editing.translator_links import take_back_links


@for_coordinators
async def away(request: Request, worker: Worker) -> Response:
    """Ill or on leave until a day; without a day nothing changes."""
    desk = desk_of(request)
    await colleague_of(request, desk.store, worker)
    until = last_day_away(desk, await given(request))
    return await _keep(request, worker, away_until=until) if until else done("/desk/people")


@for_coordinators
async def back(request: Request, worker: Worker) -> Response:
    """Back from leave."""
    return await _keep(request, worker, away_until=None)


@for_coordinators
async def again(request: Request, worker: Worker) -> Response:
    """Works here again."""
    return await _keep(request, worker, away_until=None, active=True)


@for_coordinators
async def left(request: Request, worker: Worker) -> Response:
    """Does not work here any more: logged out everywhere, and their Telegram is no longer linked."""
    return await _keep(request, worker, active=False)


def last_day_away(desk: Desk, form: Given) -> datetime | None:
    """The end of the last day away that was filled in; None without one, or for a day that is over."""
    day = form.day("until")
    if day is None:
        return None
    try:
        end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(desk.zone))
    except OverflowError:
        return None
    return end if end > desk.clock() else None


async def _keep(request: Request, worker: Worker, **changes: object) -> Response:
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        find = own_worker if "active" in changes else colleague_of
        colleague = await find(request, unit, worker)
        changed = replace(colleague, **changes)  # type: ignore[arg-type]
        if locks_out(worker, changed):
            return done("/desk/people", "locked-out")
        await unit.keep_worker(changed)
        if not changed.active:
            await unit.end_sessions(changed.id)
            await unit.link_chat(changed.id, "")
            await take_back_links(unit, changed.id, worker.id, desk.clock())
        await unit.audit(worker.id, f"set {' and '.join(changes)}", changed.id, desk.clock())
    if changed.available(desk.clock()):
        return done("/desk/people")
    await desk.work.move_cases(changed.id)
    return done("/desk/people", "away")
