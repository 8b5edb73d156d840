"""The addresses of the browser chat."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Final, Protocol
from urllib.parse import urlsplit

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.webchat.collect import Turns, Waits
from bot.channels.webchat.fair import Bounds, Fair
from bot.channels.webchat.file_room import FileRoom, Keep
from bot.channels.webchat.form import read_fields
from bot.channels.webchat.links import FileLinks
from bot.channels.webchat.page import STATIC, Pages
from bot.channels.webchat.say import Say, html
from bot.channels.webchat.security import Guarded
from bot.channels.webchat.stream import Passing, WebChat
from bot.channels.webchat.transcript import FORGOTTEN, Cipher
from bot.channels.webchat.visitor import Visitor, forget, new_address, remember, visitor_of
from bot.channels.webchat.words import dialled
from bot.core.served import Served
from bot.services.files import Files
from bot.services.ports import Clock

AWAY: Final = "https://www.buienradar.nl/"  # what many people have open: the rain
PING_SECONDS: Final = 15
_BACK: Final = 30_000  # milliseconds after which a browser asks again that may not listen now
_INK: Final = b'<svg color="#12463f" '
_DAY: Final = {"Cache-Control": "public, max-age=86400"}


class Pictures(Protocol):
    """Where the pictograms are."""

    def svg(self, name: str) -> bytes | None:
        """The SVG file of one pictogram, or None."""
        ...


def routes(
    *,
    web: WebChat,
    turns: Turns,
    served: Served,
    pictures: Pictures,
    cipher: Cipher,
    clock: Clock,
    demo: bool,
    files: Files | None = None,
    away: str = AWAY,
    waits: Waits = Waits(),  # noqa: B008 - frozen
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
) -> list[BaseRoute]:
    """The chat's routes, each behind its own guard. `web` must also be the conveyor's channel "web".

    `files` keeps what residents send along and opens what is sent to them; without it neither is offered.
    """
    logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)  # at DEBUG it writes what was said
    links = FileLinks(cipher) if files else None
    pages = Pages(served, demo=demo, away=away, links=links)
    keep = Keep(files) if files else None
    fair = Fair(clock, bounds)
    say = Say(web=web, turns=turns, pages=pages, cipher=cipher, clock=clock, waits=waits, fair=fair, keep=keep)
    room = _Room(web, pages, pictures, clock, away, fair)
    leads_to = "{0.scheme}://{0.netloc}".format(urlsplit(away))
    guard = [Middleware(Guarded, leads_to=leads_to)]
    opened = [Route("/files/{token}", FileRoom(files, links, pages).file, middleware=guard)] if files and links else []
    return [
        *opened,
        Route("/", say.home, middleware=guard),
        Route("/say", say.say, methods=["POST"], middleware=guard),
        Route("/say", lambda _: RedirectResponse("/", 303), middleware=guard),
        Route("/events", room.events, middleware=guard),
        Route("/seen", room.seen, methods=["POST"], middleware=guard),
        Route("/leave", room.leave, methods=["POST"], middleware=guard),
        Route("/pictogram/{name}.svg", room.pictogram, middleware=guard),
        Route("/call/{number}", room.call, middleware=guard),
        Mount("/static", Guarded(StaticFiles(directory=STATIC)), name="chat-static"),
    ]


class _Room:
    """All that is not saying something: listening, pictures, numbers to call, and leaving."""

    def __init__(self, web: WebChat, pages: Pages, pictures: Pictures, clock: Clock, away: str, fair: Fair) -> None:
        self._fair = fair
        self._web, self._pages, self._pictures, self._clock, self._away = web, pages, pictures, clock, away

    async def events(self, request: Request) -> Response:
        """What is said, as it is said. 204 (which ends a browser's asking) for who has no chat."""
        visitor = visitor_of(request)
        if not visitor.known:
            return Response(status_code=204)
        return EventSourceResponse(self._stream(request, visitor), ping=PING_SECONDS, ping_message_factory=_ping)

    async def _stream(self, request: Request, visitor: Visitor) -> AsyncIterator[ServerSentEvent]:
        """What is said waits for who may not listen now: their browser comes back by itself."""
        with self._fair.page(request, visitor) as may:
            if not may:
                yield ServerSentEvent(event="full", data=self._pages.word(visitor.language, "full"), retry=_BACK)
                return
            with self._web.listen(visitor.address) as page:
                yield ServerSentEvent(event="listening", data="", retry=2000)
                while True:
                    yield self._event(await page.next(), visitor)

    def _event(self, passing: Passing | bool, visitor: Visitor) -> ServerSentEvent:
        if isinstance(passing, bool):
            return ServerSentEvent(event="typing" if passing else "still", data="")
        said = self._pages.bubble(passing.outgoing, self._clock(), visitor.address)
        return ServerSentEvent(event="message", id=passing.mark, data=said)

    async def seen(self, request: Request) -> Response:
        """A page tells which messages it has. After "everything is gone" the browser gets a new chat."""
        visitor, response = visitor_of(request), Response(status_code=204)
        fields = await read_fields(request)
        if fields is None:
            return Response(status_code=413)
        for mark in fields.get("marks", "").split(",")[:100]:
            outgoing = self._web.acknowledge(visitor.address, mark)
            if outgoing is not None and outgoing.key == FORGOTTEN:
                remember(response, request, visitor.moved_to(new_address()))
        return response

    async def leave(self, request: Request) -> Response:
        """Out of the chat at once: the browser forgets it and shows the weather."""
        page = "text/html" in request.headers.get("accept", "")
        response = RedirectResponse(self._away, 303) if page else Response(status_code=204)
        forget(response)
        return response

    async def pictogram(self, request: Request) -> Response:
        """A picture, in our ink."""
        drawn = self._pictures.svg(request.path_params["name"])
        if drawn is None:
            return Response(status_code=404)
        return Response(drawn.replace(b"<svg ", _INK, 1), media_type="image/svg+xml", headers=_DAY)

    async def call(self, request: Request) -> HTMLResponse:
        """A page with one known number to call, for channels that cannot link to a telephone."""
        language = visitor_of(request).language
        asked = dialled(request.path_params["number"])
        number = next((n for n in sorted(self._pages.numbers) if dialled(n) == asked), None)
        if number is None:
            return html(self._pages.problem(language, "not_here"), 404)
        return html(self._pages.call(language, number))


def _ping() -> ServerSentEvent:
    """A word that the page hears, so that it notices when the line is dead."""
    return ServerSentEvent(event="ping", data="")
