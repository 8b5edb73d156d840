"""Who looks at which chat now, and the messages on their way to them."""

from __future__ import annotations

import asyncio
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.core.errors import DeliveryLater
from bot.core.message import Chat, Outgoing

PATIENCE_SECONDS = 600.0  # how long a message waits in memory for somebody to open the page


@dataclass(frozen=True, slots=True)
class Passing:
    """One message on its way. `mark` tells it from all others, also after a database was made anew."""

    mark: str
    outgoing: Outgoing
    arrived: asyncio.Event = field(default_factory=asyncio.Event, compare=False)


class Listener:
    """One open page of one chat."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[Passing | bool] = asyncio.Queue()

    def tell(self, event: Passing | bool) -> None:
        """Puts a message in the page's queue, or whether the typing dots are to be shown."""
        self._events.put_nowait(event)

    async def next(self) -> Passing | bool:
        """The next message for this page, or: is an answer being looked up?"""
        return await self._events.get()


class WebChat:
    """The channel "web". A message counts as delivered when a page says that it has it.

    It stays on its way until then, so that a page that is opened again, or whose line broke, gets it at
    once; after `patience` seconds it goes back to the outbox.
    """

    name = "web"

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._passing: dict[str, dict[str, Passing]] = defaultdict(dict)

    @contextmanager
    def listen(self, address: str) -> Iterator[Listener]:
        """A page of the chat at this address is open as long as the context lasts."""
        listener = Listener()
        self._listeners[address].add(listener)
        for passing in self._passing.get(address, {}).values():
            listener.tell(passing)
        try:
            yield listener
        finally:
            self._listeners[address].discard(listener)
            if not self._listeners[address]:
                del self._listeners[address]

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> Sequence[str]:
        """Hands a message to every open page of the chat; returns its mark. Raises DeliveryLater when none took it."""
        passing = Passing(_mark(delivery_id, outgoing), outgoing)
        self._passing[chat.address][passing.mark] = passing
        for listener in self._listeners.get(chat.address, ()):
            listener.tell(passing)
        try:
            await asyncio.wait_for(passing.arrived.wait(), self._patience)
        except TimeoutError as error:
            raise DeliveryLater("no page is open", after=1.0) from error
        finally:
            self._passing[chat.address].pop(passing.mark, None)
            if not self._passing[chat.address]:
                del self._passing[chat.address]
        return [passing.mark]

    def acknowledge(self, address: str, mark: str) -> Outgoing | None:
        """A page has this message. Returns it, or None when it was not on its way to this chat."""
        passing = self._passing.get(address, {}).get(mark)
        if passing is None:
            return None
        passing.arrived.set()
        return passing.outgoing

    async def show_typing(self, chat: Chat) -> None:
        """Shows the typing dots on every open page of the chat until it is cancelled: a turn may end without a word."""
        self._tell_typing(chat, on=True)
        try:
            await asyncio.Event().wait()
        finally:
            self._tell_typing(chat, on=False)

    def _tell_typing(self, chat: Chat, *, on: bool) -> None:
        for listener in self._listeners.get(chat.address, ()):
            listener.tell(on)


def _mark(delivery_id: int, outgoing: Outgoing) -> str:
    return f"{delivery_id}-{zlib.crc32(outgoing.text.encode()):08x}"
