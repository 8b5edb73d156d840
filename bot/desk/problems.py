"""What a worker sees when something cannot be: in plain words, and with a way on."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.core.errors import CaseChanged, CaseUnknown, IllegalMove, StoreBusy
from bot.desk import page
from bot.desk.late import page_of, typed_in
from bot.desk.session import COOKIE, session_of
from bot.desk.words import words

SAID: Final = {
    403: ("This form is too old", "Nothing was changed. Go back, load the page anew and try again."),
    404: ("This page is not here", "It does not exist, or it is not for you."),
    405: ("This page is not here", "It does not exist, or it is not for you."),
    409: ("Somebody else was first", "This case changed a moment ago. Look at it again before you go on."),
    503: ("One moment please", "It is very busy right now. Try again in a minute."),
}
_ERRORS: Final = {CaseUnknown: 404, IllegalMove: 409, CaseChanged: 409, StoreBusy: 503}


async def problem(request: Request, error: Exception) -> Response:
    """The page for an error. Who is not logged in is led to the log-in."""
    status = error.status_code if isinstance(error, HTTPException) else _ERRORS[type(error)]
    if status == 401:  # noqa: PLR2004 - not logged in
        return await _to_log_in(request)
    await session_of(request)
    title, what = SAID.get(status, SAID[404])
    t = words(await page.language_of(request))
    if not _shows_pages(request):
        return PlainTextResponse(t(title), status)
    back = request.url.path if status in {403, 409, 503} and request.method == "GET" else "/desk/"
    return page.render(request, "problem.html", status, title=t(title), what=t(what), back=back)


async def left(_: Request, __: Exception) -> Response:
    """Somebody went to another page while a form was on its way, as an autosave often is: nobody reads this."""
    return Response(status_code=400)


HANDLERS: Final = {HTTPException: problem, ClientDisconnect: left, **dict.fromkeys(_ERRORS, problem)}


async def _to_log_in(request: Request) -> Response:
    if not _shows_pages(request):
        return PlainTextResponse("", 401)
    wanted = page_of(request)
    if typed := await typed_in(request, COOKIE):
        return page.render(request, "late.html", 401, typed=typed, wanted=wanted)
    return RedirectResponse(f"/desk/log-in?next={quote(wanted)}", 303)


def _shows_pages(request: Request) -> bool:
    """Is this a browser that goes to a page, and not a script or an image on one?"""
    mode, accepted = request.headers.get("sec-fetch-mode", "navigate"), request.headers.get("accept", "")
    return mode == "navigate" and "event-stream" not in accepted
