"""What a browser may do with our pages, and which posts we take."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS: Final = {
    # Not "no-referrer": with it a browser hides the origin of our own forms, which we must see.
    # "same-origin" tells other sites just as little.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


class Guarded:
    """Wraps an app: refuses posts from other sites, and adds the headers that keep a page closed.

    `leads_to` is the one other origin that a form of ours may lead to.
    """

    def __init__(self, app: ASGIApp, leads_to: str = "") -> None:
        self._app = app
        self._headers = {**_HEADERS, "Content-Security-Policy": f"{_POLICY} {leads_to}".strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["method"] in {"GET", "HEAD"} or comes_from_us(Headers(scope=scope)):
            await self._app(scope, receive, send_closed)
        else:
            await PlainTextResponse("This came from another site.", 403)(scope, receive, send_closed)


def comes_from_us(headers: Headers) -> bool:
    """Was this sent by a page of the same host? Judged by Origin, or by Referer in a browser without it."""
    sender = headers.get("origin") or headers.get("referer") or ""
    return bool(sender) and urlsplit(sender).netloc.lower() == headers.get("host", "").lower()
