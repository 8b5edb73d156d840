"""One update taken in: the same for polling and webhook."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.updates import to_incoming
from bot.core.message import Incoming

_log = logging.getLogger(__name__)

Receive = Callable[[Incoming], Awaitable[None]]


class Intake:
    """Stores what an update holds, then lets the tapped button know. The bot must have been greeted."""

    def __init__(self, bot: Bot, receive: Receive) -> None:
        self._bot = bot
        self._receive = receive
        self._answers: set[asyncio.Task[None]] = set()

    async def __call__(self, update: Update) -> None:
        """Returns when the update is stored and may be acknowledged; raises what `receive` raises."""
        incoming = to_incoming(update, self._bot.id, self._bot.username)
        if incoming is not None:
            await self._receive(incoming)
        if update.callback_query is not None:
            self._answer_aside(update.callback_query.id)

    async def close(self) -> None:
        """Waits for nothing: what was not answered yet is left."""
        for task in self._answers:
            task.cancel()
        await asyncio.gather(*self._answers, return_exceptions=True)

    def _answer_aside(self, query_id: str) -> None:
        """The button stops turning; the next update does not wait for that."""
        task = asyncio.create_task(self._answer(query_id))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(self, query_id: str) -> None:
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:  # too old, or the network: the resident gets the answer all the same
            _log.debug("tap not answered: %s", type(error).__name__)
