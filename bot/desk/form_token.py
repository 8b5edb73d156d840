"""The token that every form of the desk carries, so that no other site can send one in somebody's name."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.cookies import set_cookie

DOOR_COOKIE: Final = "desk_door"  # before somebody is logged in, forms are tied to this
_LASTS: Final = timedelta(hours=2)


def form_token(request: Request) -> str:
    """What a form must carry to be believed: made of the session's token, or of this browser's at the door."""
    signed = getattr(request.state, "signed", None)
    secret = signed.token if signed else _door(request)
    return _token_of(secret)


def from_session(secret: str, token: str) -> bool:
    """Was a form with this token given to the session of this secret, which may have ended since?"""
    return hmac.compare_digest(token.encode(), _token_of(secret).encode())


def remember_door(request: Request, response: Response) -> None:
    """Gives a browser without a session what its next form will be known by."""
    if getattr(request.state, "signed", None) is None:
        set_cookie(request, response, DOOR_COOKIE, _door(request), _LASTS)


def forget_door(response: Response) -> None:
    """The browser has a session now."""
    response.delete_cookie(DOOR_COOKIE, path="/desk", httponly=True, samesite="strict")


async def check_form(request: Request) -> None:
    """Raises HTTPException 403 for a post that did not come from a page we gave to this browser."""
    if request.method in {"GET", "HEAD"}:
        return
    given = request.headers.get("x-csrf") or (await request.form()).get("csrf")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), form_token(request).encode()):
        raise HTTPException(403)


def _token_of(secret: str) -> str:
    return hashlib.sha256(b"form:" + secret.encode()).hexdigest()


def _door(request: Request) -> str:
    if not hasattr(request.state, "door"):
        request.state.door = request.cookies.get(DOOR_COOKIE) or secrets.token_urlsafe(32)
    return str(request.state.door)
