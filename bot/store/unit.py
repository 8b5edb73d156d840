"""One transaction of the Store port, in SQL."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming, Outgoing
from bot.services.ports import Held, Received, Resident
from bot.store.records import aware, incoming_from_json, incoming_to_json, outgoing_to_json
from bot.store.tables import conversations, inbox, outbox, residents
from bot.store.vault import Vault


class SqlUnit:
    """See `services.ports.Unit`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def receive(self, incoming: Incoming) -> Received | None:
        """Stores a message; None when this update was stored before."""
        resident = await self._resident(incoming)
        row = {
            "channel": incoming.chat.channel,
            "update_key": self._vault.fingerprint(incoming.update_id),
            "resident_id": resident.id,
            "body_sealed": self._vault.seal(incoming_to_json(incoming)),
            "received_at": incoming.at,
            "attempts": 0,
            "done": False,
        }
        try:
            async with self._connection.begin_nested():
                result = await self._connection.execute(insert(inbox).values(row))
        except IntegrityError:
            return None
        return Received(int(result.inserted_primary_key[0]), resident, incoming)

    async def take(self, inbox_id: int) -> Received | None:
        """The waiting message of this id, or None when it was dealt with."""
        query = (
            select(inbox, residents).join(residents).where(inbox.c.id == inbox_id, inbox.c.done.is_(False))
        )
        row = (await self._connection.execute(query)).mappings().first()
        if row is None:
            return None
        resident = self._resident_of(row)
        incoming = incoming_from_json(self._vault.open(row[inbox.c.body_sealed]), resident.chat)
        return Received(inbox_id, resident, incoming, row[inbox.c.attempts])

    async def finish(self, inbox_id: int) -> None:
        """Marks a message as dealt with and wipes its text."""
        await self._connection.execute(
            update(inbox).where(inbox.c.id == inbox_id).values(done=True, body_sealed="")
        )

    async def count_attempt(self, inbox_id: int) -> None:
        """Remembers that a turn was tried and failed."""
        await self._connection.execute(
            update(inbox).where(inbox.c.id == inbox_id).values(attempts=inbox.c.attempts + 1)
        )

    async def conversation(self, resident_id: str) -> Conversation:
        """What is remembered of a conversation; a new one when nothing is."""
        query = select(conversations.c.state_sealed).where(conversations.c.resident_id == resident_id)
        sealed = (await self._connection.execute(query)).scalar()
        return Conversation.from_json(self._vault.open(sealed)) if sealed else Conversation()

    async def keep_conversation(self, resident_id: str, conversation: Conversation, at: datetime) -> None:
        """Remembers a conversation."""
        values = {"state_sealed": self._vault.seal(conversation.to_json()), "updated_at": at}
        changed = await self._connection.execute(
            update(conversations).where(conversations.c.resident_id == resident_id).values(values)
        )
        if not changed.rowcount:
            await self._connection.execute(insert(conversations).values(resident_id=resident_id, **values))

    async def post(self, resident_id: str, outgoing: Outgoing, at: datetime) -> int:
        """Puts a message in the outbox and returns its id; ids grow in the order of posting."""
        row = {
            "resident_id": resident_id,
            "body_sealed": self._vault.seal(outgoing_to_json(outgoing)),
            "created_at": at,
            "not_before": at,
            "attempts": 0,
            "state": "waiting",
            "reason": "",
        }
        result = await self._connection.execute(insert(outbox).values(row))
        return int(result.inserted_primary_key[0])

    async def delivered(self, outbox_id: int) -> None:
        """Marks a message as delivered and wipes its text; the last one lets a forgotten resident go."""
        await self._close(outbox_id, "delivered", "")

    async def postpone(self, outbox_id: int, until: datetime) -> None:
        """Counts a failed attempt; the message is not tried again before `until`."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id)
            .values(attempts=outbox.c.attempts + 1, not_before=until)
        )

    async def give_up(self, outbox_id: int, reason: str) -> None:
        """Marks a message as undeliverable, for a reason that holds no text, and wipes it."""
        await self._close(outbox_id, "refused", reason[:40])

    async def stop(self, resident_id: str) -> None:
        """The resident cannot be reached any more: everything that waits for them is dropped."""
        await self._connection.execute(
            update(residents).where(residents.c.id == resident_id).values(stopped=True)
        )
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.resident_id == resident_id, outbox.c.state == "waiting")
            .values(state="refused", reason="stopped", body_sealed="")
        )
        await self._let_go(resident_id)

    async def resume(self, resident_id: str) -> None:
        """The resident can be reached again."""
        await self._connection.execute(
            update(residents).where(residents.c.id == resident_id).values(stopped=False)
        )

    async def held(self, resident_id: str) -> Held | None:
        """All that is kept on a resident."""
        row = (
            (await self._connection.execute(select(residents).where(residents.c.id == resident_id)))
            .mappings()
            .first()
        )
        if row is None:
            return None
        state = (
            await self._connection.execute(
                select(conversations.c.state_sealed).where(conversations.c.resident_id == resident_id)
            )
        ).scalar()
        return Held(
            since=aware(row["created_at"]),
            conversation=Conversation.from_json(self._vault.open(state)) if state else None,
            waiting_messages=await self._count(
                inbox, inbox.c.resident_id == resident_id, inbox.c.done.is_(False)
            ),
            waiting_answers=await self._count(
                outbox, outbox.c.resident_id == resident_id, outbox.c.state == "waiting"
            ),
        )

    async def forget(self, resident_id: str, keep_address: bool) -> None:
        """Erases a resident. With `keep_address` only until the last message to them is delivered."""
        await self._connection.execute(
            delete(conversations).where(conversations.c.resident_id == resident_id)
        )
        await self._connection.execute(
            update(inbox)
            .where(inbox.c.resident_id == resident_id)
            .values(body_sealed="", done=True, resident_id=None)
        )
        if keep_address:
            waits = outbox.c.state == "waiting"
            await self._connection.execute(delete(outbox).where(outbox.c.resident_id == resident_id, ~waits))
            await self._connection.execute(
                update(residents).where(residents.c.id == resident_id).values(forget_when_delivered=True)
            )
            return
        await self._connection.execute(delete(outbox).where(outbox.c.resident_id == resident_id))
        await self._connection.execute(delete(residents).where(residents.c.id == resident_id))

    async def _resident(self, incoming: Incoming) -> Resident:
        chat = incoming.chat
        address_hash = self._vault.fingerprint(f"{chat.channel}:{chat.address}")
        found = residents.c.address_hash == address_hash, residents.c.channel == chat.channel
        row = (await self._connection.execute(select(residents).where(*found))).mappings().first()
        if row is not None:
            await self._connection.execute(
                update(residents)
                .where(residents.c.id == row["id"])
                .values(last_message_at=incoming.at, forget_when_delivered=incoming.in_group)
            )
            return self._resident_of(row)
        resident = Resident(uuid.uuid4().hex, chat, incoming.in_group)
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(
                    insert(residents).values(
                        id=resident.id,
                        channel=chat.channel,
                        address_hash=address_hash,
                        address_sealed=self._vault.seal(chat.address),
                        in_group=incoming.in_group,
                        stopped=False,
                        forget_when_delivered=incoming.in_group,
                        created_at=incoming.at,
                        last_message_at=incoming.at,
                    )
                )
        except IntegrityError:  # the same person's two first messages at once, on PostgreSQL
            row = (await self._connection.execute(select(residents).where(*found))).mappings().one()
            return self._resident_of(row)
        return resident

    def _resident_of(self, row: Any) -> Resident:
        chat = Chat(row[residents.c.channel], self._vault.open(row[residents.c.address_sealed]))
        return Resident(row[residents.c.id], chat, row[residents.c.in_group], row[residents.c.stopped])

    async def _close(self, outbox_id: int, state: str, reason: str) -> None:
        values = {"state": state, "reason": reason, "body_sealed": ""}
        await self._connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))
        query = select(outbox.c.resident_id).where(outbox.c.id == outbox_id)
        resident_id = (await self._connection.execute(query)).scalar()
        if resident_id:
            await self._let_go(resident_id)

    async def _let_go(self, resident_id: str) -> None:
        """A group, or a resident who asked to be forgotten, leaves when nothing waits for them any more."""
        marked = await self._count(
            residents, residents.c.id == resident_id, residents.c.forget_when_delivered.is_(True)
        )
        if not marked:
            return
        waiting = await self._count(outbox, outbox.c.resident_id == resident_id, outbox.c.state == "waiting")
        waiting += await self._count(inbox, inbox.c.resident_id == resident_id, inbox.c.done.is_(False))
        if not waiting:
            await self.forget(resident_id, keep_address=False)

    async def _count(self, table: Any, *conditions: Any) -> int:
        query = select(func.count()).select_from(table).where(*conditions)
        return int((await self._connection.execute(query)).scalar_one())
