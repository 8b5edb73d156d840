"""Who came by https is told to come by https only from now on (HSTS, RFC 6797)."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "Strict-Transport-Security"
LASTS: Final = "max-age=31536000"  # a year; of this host alone: what else runs under the domain is not ours to say


class HttpsOnly:
    """Wraps an app: adds the header to what goes out over https, and never over http, as on one's own machine."""

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self._app = app
        self._public = urlsplit(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not self._by_https(scope):
            await self._app(scope, receive, send)
            return

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault(HEADER, LASTS)
            await send(message)

        await self._app(scope, receive, send_told)

    def _by_https(self, scope: Scope) -> bool:
        """A proxy says so, or leads the public https address here without saying so: as `desk.cookies.by_https`."""
        if scope["scheme"] == "https":
            return True
        return self._public.scheme == "https" and Headers(scope=scope).get("host") == self._public.netloc
