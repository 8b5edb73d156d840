"""Who is at the desk: sessions in the database, and a cookie that names one."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.core.team import Role, Worker
from bot.desk.cookies import set_cookie
from bot.desk.desk import desk_of
from bot.desk.form_token import check_form, forget_door

COOKIE: Final = "desk"
FULL: Final = timedelta(hours=10)
ONE_CASE: Final = timedelta(minutes=60)
_NOTED: Final = timedelta(minutes=1)  # how often it is written down that a session is in use

Endpoint = Callable[[Request], Awaitable[Response]]
StaffEndpoint = Callable[[Request, Worker], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Signed:
    """A session that has not ended; `case` is the only case it may see, or "" for all that the worker may."""

    worker: Worker
    case: str
    token: str


async def session_of(request: Request) -> Signed | None:
    """The session of this request, asked of the database once."""
    if not hasattr(request.state, "signed"):
        request.state.signed = await _look_up(request)
    signed: Signed | None = request.state.signed
    return signed


async def signed_in(request: Request) -> Worker:
    """Who sent this request. Raises HTTPException 401, which leads to the log-in."""
    signed = await session_of(request)
    if signed is None:
        raise HTTPException(401)
    return signed.worker


def for_roles(*roles: Role) -> Callable[[StaffEndpoint], Endpoint]:
    """Makes an endpoint for these roles alone: others get 404, forms without their token 403.

    A session of one case passes only where the address has that `case_id`.
    """

    def guard(endpoint: StaffEndpoint) -> Endpoint:
        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            worker = await signed_in(request)
            bound = await bound_case(request)
            if not worker.roles & set(roles) or (bound and request.path_params.get("case_id") != bound):
                raise HTTPException(404)
            await check_form(request)
            return await endpoint(request, worker)

        guarded.guarded = True  # type: ignore[attr-defined]
        return guarded

    return guard


def for_anybody(endpoint: Endpoint) -> Endpoint:
    """Makes an endpoint for the door, where nobody is logged in yet: forms need the token of this browser."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        await session_of(request)
        await check_form(request)
        return await endpoint(request)

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


async def bound_case(request: Request) -> str:
    """The only case that this session may see, or "" when it may see all that its worker may."""
    signed = await session_of(request)
    return signed.case if signed else ""


async def open_session(request: Request, response: Response, worker: Worker, case: str = "") -> None:
    """Logs somebody in with a new token, for one case or for all; the session before it ends."""
    desk, token = desk_of(request), secrets.token_urlsafe(32)
    lasts = ONE_CASE if case else FULL
    async with desk.store.unit() as unit:
        if before := request.cookies.get(COOKIE):
            await unit.end_session(before)
        await unit.open_session(token, worker.id, desk.clock() + lasts, case)
        await unit.audit(worker.id, "logged in", case, desk.clock())
    set_cookie(request, response, COOKIE, token, lasts)
    forget_door(response)


async def close_session(request: Request, response: Response) -> None:
    """Logs out."""
    if token := request.cookies.get(COOKIE):
        async with desk_of(request).store.unit() as unit:
            await unit.end_session(token)
    response.delete_cookie(COOKIE, path="/desk", httponly=True, samesite="strict")


def by_somebody(request: Request) -> bool:
    """Does a person ask for this, by going to a page or sending something? Not a script that looks for news."""
    if request.method != "GET":
        return True
    mode, accepted = request.headers.get("sec-fetch-mode", "navigate"), request.headers.get("accept", "")
    return mode == "navigate" and "event-stream" not in accepted and "hx-request" not in request.headers


async def _look_up(request: Request) -> Signed | None:
    desk, token = desk_of(request), request.cookies.get(COOKIE)
    now = desk.clock()
    found = await desk.store.session(token, now) if token else None
    if token is None or found is None or not found.worker.active:
        return None
    if found.used_at is not None and now - found.used_at >= desk.idle:
        return None
    if by_somebody(request) and (found.used_at is None or now - found.used_at >= _NOTED):
        async with desk.store.unit() as unit:
            await unit.use_session(token, now)
    return Signed(found.worker, found.case, token)
