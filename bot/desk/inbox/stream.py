"""What changes, told to open pages while it happens: only ids and names, never a word of a case."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.core.team import Worker
from bot.services.live import Live, News

PING_SECONDS: Final = 15
LASTING_SECONDS: Final = 300.0  # then the browser asks again, and its session is looked at again


def stream(live: Live, worker: Worker, only: str = "", lasting: float = LASTING_SECONDS) -> EventSourceResponse:
    """The news for a worker's page; with `only` of this case alone."""
    return EventSourceResponse(
        _events(live, worker, only, lasting), ping=PING_SECONDS, ping_message_factory=lambda: _event("ping")
    )


async def _events(live: Live, worker: Worker, only: str, lasting: float) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(event="open", data="", retry=2000)
    async for news in live.news(worker, lasting):
        event = _told(news, only)
        if event is not None:
            yield event


def _told(news: News, only: str) -> ServerSentEvent | None:
    """The event for one piece of news, or None when it is not for this page."""
    if not news.case:
        return _event("reload")
    if only not in {"", news.case}:
        return None
    if news.writer:
        return _event("writes", news.writer) if only else None
    return _event("changed", news.case)


def _event(name: str, data: str = "") -> ServerSentEvent:
    return ServerSentEvent(event=name, data=data)
