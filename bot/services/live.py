"""Open pages of the desk, told at once when a case changes: ids only, so that a page asks again with its own rights."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from bot.core.case import Case
from bot.core.team import Worker

QUEUE: Final = 50  # news that waits for one page
REMEMBERED: Final = 5000  # cases whose last team is known, so that the team that lost one hears of it


@dataclass(frozen=True, slots=True)
class News:
    """Something for a page: a case changed, or `writer` (a name) is writing in it. `case` "": look at all anew."""

    case: str = ""
    writer: str = ""


@dataclass(slots=True, eq=False)
class Listener:
    """One open page of a worker."""

    worker: Worker
    queue: asyncio.Queue[News] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def tell(self, news: News) -> None:
        """Never waits: a page that reads too slowly loses the old news, and is told to look at all anew."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            news = News()
        self.queue.put_nowait(news)


class Live:
    """The pages of this process. `nudge` is what the outbox wants to know; it goes to whoever delivers.

    `also` hears of every case that changed, as the pages do.
    """

    def __init__(
        self, nudge: Callable[[str], None] = lambda _: None, also: Callable[[Case], None] = lambda _: None
    ) -> None:
        self._nudge, self._also = nudge, also
        self._listeners: set[Listener] = set()
        self._teams: OrderedDict[str, str] = OrderedDict()

    def nudge(self, chat_id: str) -> None:
        """Something waits in the outbox for this chat."""
        self._nudge(chat_id)

    def changed(self, case: Case) -> None:
        """Tells the pages of the case's team; those of the team it left only that something is gone."""
        self._also(case)
        before = self._teams.pop(case.id, case.team)
        self._teams[case.id] = case.team
        if len(self._teams) > REMEMBERED:
            self._teams.popitem(last=False)
        for listener in self._listeners:
            if case.team in listener.worker.teams:
                listener.tell(News(case.id))
            elif before in listener.worker.teams:
                listener.tell(News())

    def writes(self, worker: Worker, case: Case) -> None:
        """Shows colleagues who look at this case that somebody is writing in it."""
        for listener in self._listeners:
            if listener.worker.id != worker.id and case.team in listener.worker.teams:
                listener.tell(News(case.id, worker.name))

    async def news(self, worker: Worker, lasting: float | None = None) -> AsyncIterator[News]:
        """All that a page of this worker should know, until it is closed, or for so many seconds."""
        loop, listener = asyncio.get_running_loop(), Listener(worker)
        end = None if lasting is None else loop.time() + lasting
        self._listeners.add(listener)
        try:
            with suppress(TimeoutError):
                while True:
                    left = None if end is None else end - loop.time()
                    yield await asyncio.wait_for(listener.queue.get(), left)
        finally:
            self._listeners.discard(listener)

    async def changes(self, worker: Worker) -> AsyncIterator[str]:
        """Ids of cases that changed; "" says that some were missed: look at all anew."""
        async for news in self.news(worker):
            if not news.writer:
                yield news.case
