"""A form that came after its session ended: it changes nothing, but nothing that was typed is lost."""

from __future__ import annotations

import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match

from bot.desk.form_token import from_session
from bot.desk.forms import Given, given

FIRST_PAGE: Final = "/desk/"
_NOT_SHOWN: Final = frozenset({"csrf", "password", "repeated", "present", "code", "secret", "token"})
_SEVERAL_WORDS: Final = re.compile(r"\S\s+\S")


def page_of(request: Request) -> str:
    """The page to come back to: the one that was asked for, or the one on which the form stood."""
    if request.method == "GET":
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    path = request.url.path
    while path.startswith(FIRST_PAGE):
        scope = {**request.scope, "method": "GET", "path": path}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            return path
        path = path.rpartition("/")[0]
    return FIRST_PAGE


async def typed_in(request: Request, cookie: str) -> list[str]:
    """Every text of several words in a form that we gave to this browser; [] for any other form."""
    if request.method == "GET" or not (secret := request.cookies.get(cookie)):
        return []
    try:
        form = await given(request)
    except HTTPException:  # it cannot be read
        return []
    return _texts(form) if from_session(secret, form.text("csrf")) else []


def _texts(form: Given) -> list[str]:
    shown = [text for name, texts in form.texts.items() if name not in _NOT_SHOWN for text in texts]
    return [text for text in shown if _SEVERAL_WORDS.search(text)]
