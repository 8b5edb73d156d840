"""The one-tap link in a worker's messages: it opens one case, once."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.session import for_anybody, open_session, session_of

PURPOSE: Final = "login"


@for_anybody
async def show(request: Request) -> Response:
    """A button. Only pressing it uses the link up: messengers open links by themselves to show a preview."""
    return page.render(request, "door/link.html")


@for_anybody
async def open_case(request: Request) -> Response:
    """A session that sees this case alone; who is logged in already keeps the session they have."""
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        used = await unit.use_token(request.path_params["token"], PURPOSE, desk.clock())
        worker = await unit.worker(used[0]) if used else None
    if used is None or worker is None or not worker.active or not used[1]:
        return page.render(request, "door/over.html", 410, invited=False)
    response = RedirectResponse(f"/desk/cases/{used[1]}", 303)
    signed = await session_of(request)
    if signed is None or signed.worker.id != worker.id or signed.case:
        await open_session(request, response, worker, used[1])
    return response
