"""Messages about cases do not stay in workers' chats: they are taken back before the channel forbids it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Protocol, runtime_checkable

import structlog

from bot.core.errors import DeliveryError, DeliveryLater
from bot.core.message import Chat
from bot.services.cases.by_clock import FindResident
from bot.services.ports import Channel, Clock, Store

log = structlog.get_logger("tidy")
TAKE_BACK_AFTER: Final = timedelta(hours=47)  # Telegram lets a bot delete for 48 hours
OFTEN: Final = timedelta(minutes=10)  # so that one that is down for a while is still in time


@runtime_checkable
class TakesBack(Protocol):
    """A channel that can delete what it delivered."""

    async def delete(self, chat: Chat, message_id: str) -> None:
        """Takes a message back; one that is gone counts as taken back. Raises DeliveryError as `deliver` does."""
        ...


class TidyChats:
    """`resident` finds where the chat of an id is."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], clock: Clock, resident: FindResident) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._resident = resident

    async def tidy(self) -> int:
        """Deletes what is old enough; returns how much. A channel that is down is left for the next time."""
        down: set[str] = set()
        done = 0
        for chat_id, message_id in await self._store.sent_before(self._clock() - TAKE_BACK_AFTER):
            found = await self._resident(chat_id)
            name = found.chat.channel if found else ""
            channel = self._channels.get(name)
            if found is None:
                await self._forget(chat_id, message_id)  # the chat is gone, and its messages with it
            elif isinstance(channel, TakesBack) and name not in down:
                try:
                    done += await self._delete(channel, found.chat, chat_id, message_id)
                except DeliveryLater:
                    log.info("not taken back yet", channel=name)
                    down.add(name)
        return done

    async def _delete(self, channel: TakesBack, chat: Chat, chat_id: str, message_id: str) -> bool:
        """Raises DeliveryLater; what can never be deleted is not tried again."""
        gone = True
        try:
            await channel.delete(chat, message_id)
        except DeliveryLater:
            raise
        except DeliveryError as error:
            log.warning("cannot be taken back", resident=chat_id, error=type(error).__name__)
            gone = False
        await self._forget(chat_id, message_id)
        return gone

    async def _forget(self, chat_id: str, message_id: str) -> None:
        async with self._store.unit() as unit:
            await unit.forget_sent(chat_id, message_id)
