"""Cookies of the desk."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import desk_of


def set_cookie(request: Request, response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Gives the browser a cookie for the desk alone, which no script reads and no other site sends."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path="/desk",
        secure=by_https(request),
        httponly=True,
        samesite="strict",
    )


def by_https(request: Request) -> bool:
    """Did the browser come by https, perhaps to a proxy in front of us?"""
    ours = urlsplit(desk_of(request).public_url)
    return request.url.scheme == "https" or (ours.scheme == "https" and ours.netloc == request.headers.get("host"))
