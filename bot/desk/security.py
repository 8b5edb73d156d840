"""What a browser may do with the pages of the desk, and how much it may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST: Final = 1_000_000  # bytes of one form
LARGER: Final[Mapping[str, int]] = {"/content/files/import": 25_000_000}  # addresses that take a file
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_KEPT: Final = HEADERS | {"Cache-Control": "public, max-age=86400"}  # the address of a static file has its version


class TooLarge(Exception):
    """More was sent than a form can hold."""


class Guarded:
    """Wraps the desk: adds the headers that keep a page closed, refuses posts of other sites and huge ones."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        closed = _closing(send, _KEPT if "/static/" in scope["path"] else HEADERS)
        headers = Headers(scope=scope)
        if scope["method"] not in {"GET", "HEAD"} and headers.get("sec-fetch-site") == "cross-site":
            await PlainTextResponse("This came from another site.", 403)(scope, receive, closed)
            return
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:  # no text has it, and no database takes it
            await PlainTextResponse("There is no such address.", 404)(scope, receive, closed)
            return
        try:
            await self._app(scope, _measuring(receive, _most(scope)), closed)
        except TooLarge:
            await PlainTextResponse("This is too much for one form.", 413)(scope, receive, closed)


def _closing(send: Send, closing: Mapping[str, str]) -> Send:
    async def send_closed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in closing.items():
                headers.setdefault(name, value)
        await send(message)

    return send_closed


def _most(scope: Scope) -> int:
    """How many bytes may be sent to this address."""
    return LARGER.get(scope["path"].removeprefix(scope.get("root_path", "")), LARGEST)


def _measuring(receive: Receive, most: int) -> Receive:
    """Raises TooLarge when more comes than `most`; nothing was answered by then, for forms are read first."""
    got = 0

    async def receive_some() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise TooLarge
        return message

    return receive_some
