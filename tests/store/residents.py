"""Messages and moments that the store tests share."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet

from bot.core.conversation import Conversation, LastAnswer
from bot.core.message import Button, Chat, Incoming, Kind, Outgoing
from bot.services.ports import Received
from bot.store.store import SqlStore

KEY = Fernet.generate_key().decode()
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TALK = Conversation(chosen="nl", welcomed=True, last=LastAnswer("flu_jab", "effects"), snapshot='{"slots": {}}')
_updates = itertools.count(1)


def message(text: str = "is de griepprik veilig?", who: str = "31600000001", **more: object) -> Incoming:
    given = {"at": NOON, "update_id": str(next(_updates)), "kind": Kind.TEXT} | more
    return Incoming(chat=Chat("telegram", who), text=text, **given)  # type: ignore[arg-type]


def answer(text: str = "De griepprik is veilig.") -> Outgoing:
    return Outgoing(text, "nl", "utter_flu_jab", buttons=((Button("Meer", "t:flu_jab:effects"),),), notes=("RIVM",))


async def received(store: SqlStore, incoming: Incoming) -> Received:
    """The message as the store took it in."""
    async with store.unit() as unit:
        found = await unit.receive(incoming)
    assert found is not None
    return found


async def answered(store: SqlStore, incoming: Incoming, *texts: str, at: datetime = NOON) -> Received:
    """A message received and its turn taken: the answers wait in the outbox."""
    found = await received(store, incoming)
    async with store.unit() as unit:
        await unit.finish(found.id)
        await unit.post(found.resident.id, [answer(text) for text in texts], at)
        if not found.resident.in_group:
            await unit.keep_conversation(found.resident.id, TALK, at)
    return found


async def waiting(store: SqlStore, resident_id: str, now: datetime = NOON) -> list[str]:
    """The texts that may be delivered to a resident now."""
    return [delivery.outgoing.text for delivery in await store.due_deliveries(resident_id, now)]


async def deliver_all(store: SqlStore, resident_id: str) -> None:
    for delivery in await store.due_deliveries(resident_id, NOON):
        async with store.unit() as unit:
            await unit.delivered(delivery.id)
