"""The outbox emptied: one resident's messages in order, others' in parallel, failures tried again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import structlog

from bot.core.errors import DeliveryLater, DeliveryRefused, RecipientGone
from bot.services.ports import Channel, Clock, Delivery, Store

log = structlog.get_logger("deliver")
FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(minutes=10)
GIVE_UP_AFTER: Final = 40  # attempts; some six hours of trying


class Deliver:
    """Call it with a resident's id: delivers what is due, and says when to come back."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock

    async def __call__(self, resident_id: str) -> timedelta | None:
        """Delivers everything due. Returns how long to wait before the next try, None when nothing is left."""
        try:
            for delivery in await self._store.due_deliveries(resident_id, self._clock()):
                wait = await self._one(delivery)
                if wait is not None:
                    return wait
        except RecipientGone:
            log.info("recipient gone", resident=resident_id)
            async with self._store.unit() as unit:
                await unit.stop(resident_id)
        return None

    async def _one(self, delivery: Delivery) -> timedelta | None:
        chat, outbox_id = delivery.resident.chat, delivery.id
        channel = self._channels.get(chat.channel)
        try:
            if channel is None:
                return await self._postpone(delivery, DeliveryLater(f"no channel {chat.channel}"))
            sent = await channel.deliver(chat, outbox_id, delivery.outgoing)
        except DeliveryLater as later:
            return await self._postpone(delivery, later)
        except DeliveryRefused as error:
            log.warning("delivery refused", outbox=outbox_id, key=delivery.outgoing.key, reason=str(error)[:80])
            async with self._store.unit() as unit:
                await unit.give_up(outbox_id, "refused")
        else:
            await self._delivered(delivery, sent)
        return None

    async def _delivered(self, delivery: Delivery, sent: Sequence[str]) -> None:
        """A reply to a message about a case must find that case: so it is remembered with the delivery, or neither."""
        async with self._store.unit() as unit:
            if delivery.outgoing.case and sent:
                await unit.remember_sent(delivery.resident.id, delivery.outgoing.case, sent, self._clock())
            await unit.delivered(delivery.id)

    async def _postpone(self, delivery: Delivery, later: DeliveryLater) -> timedelta | None:
        if delivery.attempts + 1 >= GIVE_UP_AFTER:
            async with self._store.unit() as unit:
                await unit.give_up(delivery.id, "unreachable")
            return None
        backing_off = min(FIRST_WAIT * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
        wait = timedelta(seconds=later.after) if later.after is not None else backing_off
        async with self._store.unit() as unit:
            await unit.postpone(delivery.id, self._clock() + wait)
        return wait
