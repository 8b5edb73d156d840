"""From inbox to outbox to channel: one turn at a time per chat, chats in parallel, nothing lost at a restart."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from bot.core.errors import BuurtvraagError, StoreError
from bot.core.message import Chat, Incoming
from bot.services.ports import Channel, Store
from bot.services.turns.deliver import Deliver
from bot.services.turns.take_turn import TakeTurn, take_with_patience

log = structlog.get_logger("conveyor")
RETRY_SECONDS: Final = 5.0


class Conveyor:
    """Receives messages, takes their turns and delivers the answers. Give `receive` to the channels."""

    def __init__(
        self,
        store: Store,
        take_turn: TakeTurn,
        deliver: Deliver,
        channels: Mapping[str, Channel],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store, self._take_turn, self._deliver = store, take_turn, deliver
        self._channels, self._sleep = channels, sleep
        self._waiting: dict[str, deque[int]] = defaultdict(deque)
        self._turning: dict[str, asyncio.Task[None]] = {}
        self._delivering: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    async def receive(self, incoming: Incoming) -> str | None:
        """Stores a message and lets its turn come. Returns the resident's id, None for a repeated delivery.

        When it returns, the message is safe. Raises StoreError when it is not.
        """
        async with self._store.unit() as unit:
            received = await unit.receive(incoming)
        if received is None:
            return None
        self._queue(received.id, received.resident.id, incoming.chat)
        return received.resident.id

    async def recover(self) -> int:
        """Takes up what was left when the process stopped. Returns how many messages that were."""
        left = await self._store.waiting_inbox()
        for inbox_id, resident_id in left:
            self._queue(inbox_id, resident_id, None)
        for resident_id, _ in await self._store.waiting_residents():
            self.nudge(resident_id)
        return len(left)

    def nudge(self, resident_id: str) -> None:
        """Delivers what waits for a resident now: they opened the page again, or there is something new."""
        running = self._delivering.get(resident_id)
        if running is not None and not running.done():
            self._again.add(resident_id)
            return
        self._delivering[resident_id] = asyncio.create_task(self._empty_outbox(resident_id))

    async def idle(self, resident_id: str | None = None) -> None:
        """Returns when no turn is being taken (for one resident, or at all)."""
        while tasks := [t for r, t in self._turning.items() if resident_id in {None, r} and not t.done()]:
            await asyncio.wait(tasks)

    async def drain(self) -> None:
        """Returns when nothing is being turned or delivered; used by tests and at the end."""
        await self.idle()
        while tasks := [task for task in self._delivering.values() if not task.done()]:
            await asyncio.wait(tasks)

    async def stop(self) -> None:
        """Lets running turns end, then stops delivering; what is left waits in the database."""
        await self.idle()
        for task in self._delivering.values():
            task.cancel()
        await asyncio.gather(*self._delivering.values(), return_exceptions=True)

    def _queue(self, inbox_id: int, resident_id: str, chat: Chat | None) -> None:
        self._waiting[resident_id].append(inbox_id)
        running = self._turning.get(resident_id)
        if running is None or running.done():
            self._turning[resident_id] = asyncio.create_task(self._turns(resident_id, chat))

    async def _turns(self, resident_id: str, chat: Chat | None) -> None:
        queue = self._waiting[resident_id]
        if chat is not None and (channel := self._channels.get(chat.channel)) is not None:
            typing = asyncio.create_task(channel.show_typing(chat))
        else:
            typing = None
        while queue:
            inbox_id = queue.popleft()
            try:
                await take_with_patience(self._take_turn, inbox_id)
            except BuurtvraagError as error:
                log.error("turn postponed", inbox=inbox_id, error=type(error).__name__)
                queue.appendleft(inbox_id)
                await self._sleep(RETRY_SECONDS)
            self.nudge(resident_id)
        if typing is not None:
            typing.cancel()
        self._waiting.pop(resident_id, None)
        self._turning.pop(resident_id, None)

    async def _empty_outbox(self, resident_id: str) -> None:
        while True:
            self._again.discard(resident_id)
            try:
                wait = await self._deliver(resident_id)
            except StoreError as error:
                log.error("delivery postponed", resident=resident_id, error=type(error).__name__)
                await self._sleep(RETRY_SECONDS)
                continue
            if wait is not None:
                await self._sleep(wait.total_seconds())
            elif resident_id not in self._again:
                break
        self._delivering.pop(resident_id, None)
