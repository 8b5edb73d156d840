"""Who looks at the page: a random chat address in a cookie, and the language of the page's own words."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.language import LANGUAGES, SOURCE, Language
from bot.core.message import Chat

CHANNEL: Final = "web"
CHAT_COOKIE: Final = "chat"
LANGUAGE_COOKIE: Final = "lang"
_LANGUAGE_SECONDS: Final = 180 * 24 * 3600
_ADDRESS: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 random bits


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser at the page. `known` if it showed a chat of its own; `hint` is its language, "" if none."""

    address: str
    hint: str
    known: bool

    @property
    def chat(self) -> Chat:
        """Where the visitor is reached."""
        return Chat(CHANNEL, self.address)

    @property
    def language(self) -> Language:
        """The language of the page's own words."""
        return LANGUAGES[self.hint or SOURCE]

    def moved_to(self, address: str) -> Visitor:
        """The same browser in a chat that it proved to be its own in another way."""
        return replace(self, address=address, known=True)

    def speaking(self, code: str) -> Visitor:
        """The same visitor with another language, if it is one of ours."""
        return replace(self, hint=code) if code in LANGUAGES else self


def visitor_of(request: Request) -> Visitor:
    """The visitor who sent this request; one without a chat gets a new address."""
    given = request.cookies.get(CHAT_COOKIE, "")
    known = _ADDRESS.fullmatch(given) is not None
    hint = request.cookies.get(LANGUAGE_COOKIE, "")
    if hint not in LANGUAGES:
        hint = _accepted(request.headers.get("accept-language", ""))
    return Visitor(given if known else new_address(), hint, known)


def new_address() -> str:
    """A chat address that nobody can guess."""
    return secrets.token_urlsafe(32)


def remember(response: Response, request: Request, visitor: Visitor, *, language: bool = False) -> None:
    """Gives the browser its chat for this session, and with `language` its language for half a year."""
    secure = request.url.scheme == "https"
    response.set_cookie(CHAT_COOKIE, visitor.address, secure=secure, httponly=True, samesite="lax")
    if language:
        response.set_cookie(
            LANGUAGE_COOKIE,
            visitor.language.code,
            max_age=_LANGUAGE_SECONDS,
            secure=secure,
            httponly=True,
            samesite="lax",
        )


def forget(response: Response) -> None:
    """Takes everything back that the browser was given."""
    for cookie in (CHAT_COOKIE, LANGUAGE_COOKIE):
        response.delete_cookie(cookie, httponly=True, samesite="lax")


def _accepted(header: str) -> str:
    """The best of our languages in an Accept-Language header, or ""."""
    ranked = []
    for position, part in enumerate(header.split(",")[:20]):
        name, _, weight = part.partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        ranked.append((-quality, position, name.strip().lower().split("-")[0]))
    return next((code for quality, _, code in sorted(ranked) if quality and code in LANGUAGES), "")
