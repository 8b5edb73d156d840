"""The answers to one message for a page that cannot listen: asked, waited for and handed over whole."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from bot.channels.webchat.stream import Listener, WebChat
from bot.core.message import Chat, Incoming, Outgoing


class Turns(Protocol):
    """What the pages ask of the conveyor."""

    async def receive(self, incoming: Incoming) -> str | None:
        """Stores a message. Returns the resident's id, None for a repeated delivery. Raises StoreError."""
        ...

    async def idle(self, resident_id: str | None = None) -> None:
        """Returns when no turn is being taken."""
        ...


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds: for a turn, for its first message, for each further one, and for a second tap."""

    turn: float = 20.0
    first: float = 3.0
    further: float = 0.4
    second_tap: float = 60.0


class Collector:
    """Call it with a message; it returns the answers. The same message at the same time is asked once."""

    def __init__(self, web: WebChat, turns: Turns, waits: Waits) -> None:
        self._web, self._turns, self._waits = web, turns, waits
        self._asked: dict[str, asyncio.Task[tuple[Outgoing, ...]]] = {}

    async def __call__(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """The answers, in order; none when they take longer than a page can wait. Raises StoreError."""
        task = self._asked.get(incoming.update_id)
        if task is None:
            task = self._asked[incoming.update_id] = asyncio.create_task(self._ask(incoming))
            later = asyncio.get_running_loop().call_later
            task.add_done_callback(
                lambda done: later(
                    0 if done.cancelled() or done.exception() else self._waits.second_tap,
                    self._asked.pop,
                    incoming.update_id,
                    None,
                )
            )
        return await asyncio.shield(task)

    async def look(self, chat: Chat) -> tuple[Outgoing, ...]:
        """What is on its way to a chat now."""
        with self._web.listen(chat.address) as page:
            return await self._read(chat.address, page)

    async def _ask(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        with self._web.listen(incoming.chat.address) as page:
            resident = await self._turns.receive(incoming)
            if resident is None:  # sent once more long after it was answered: the reader asks again
                again = f"{incoming.update_id}:{secrets.token_hex(8)}"
                resident = await self._turns.receive(replace(incoming, update_id=again))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._turns.idle(resident), self._waits.turn)
            return await self._read(incoming.chat.address, page)

    async def _read(self, address: str, page: Listener) -> tuple[Outgoing, ...]:
        heard: dict[str, Outgoing] = {}
        with suppress(TimeoutError):
            while True:
                wait = self._waits.further if heard else self._waits.first
                passing = await asyncio.wait_for(page.next(), wait)
                if not isinstance(passing, bool):
                    heard[passing.mark] = passing.outgoing
                    self._web.acknowledge(address, passing.mark)
        return tuple(heard.values())
