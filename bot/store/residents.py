"""Residents: who they are to us (a random id and an encrypted address), and how they leave."""

from __future__ import annotations

import uuid
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Table,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming
from bot.services.ports import Held, Resident
from bot.store.arrival import arrival
from bot.store.part import Part
from bot.store.tables import conversations, inbox, outbox, residents

# What `_resident` reads, for the queries of messages.
RESIDENT: Final = (
    residents.c.id.label("resident_id"),
    residents.c.channel.label("resident_channel"),
    residents.c.address_sealed,
    residents.c.in_group,
    residents.c.stopped,
)


def something_waits() -> ColumnElement[bool]:
    """Whether a resident has messages without an answer, or answers not yet delivered."""
    return or_(
        exists().where(outbox.c.resident_id == residents.c.id, outbox.c.state == "waiting"),
        exists().where(inbox.c.resident_id == residents.c.id, inbox.c.done.is_(False)),
    )


class ResidentRows(Part):
    """See `services.ports.Unit` and `Store`."""

    async def stop(self, resident_id: str) -> None:
        """The resident cannot be reached any more: everything that waits for them is dropped."""
        await self._change(resident_id, stopped=True)
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.resident_id == resident_id, outbox.c.state == "waiting")
            .values(state="refused", reason="stopped", body_sealed="")
        )
        await self._let_go(resident_id)

    async def resume(self, resident_id: str) -> None:
        """The resident can be reached again."""
        await self._change(resident_id, stopped=False)

    async def forget(self, resident_id: str, keep_address: bool) -> None:
        """Erases a resident. With `keep_address` only until the last message to them is delivered."""
        run = self._connection.execute
        await run(
            update(inbox).where(inbox.c.resident_id == resident_id).values(body_sealed="", done=True, resident_id=None)
        )
        if not keep_address:  # conversation and outbox go with the row they hang on
            await run(delete(residents).where(residents.c.id == resident_id))
            return
        await run(delete(conversations).where(conversations.c.resident_id == resident_id))
        await run(delete(outbox).where(outbox.c.resident_id == resident_id, outbox.c.state != "waiting"))
        await self._change(resident_id, forget_when_delivered=True)
        await self._let_go(resident_id)

    async def held(self, resident_id: str) -> Held | None:
        """All that is kept on a resident."""
        query = (
            select(
                residents.c.created_at,
                conversations.c.state_sealed,
                _count(inbox, inbox.c.resident_id == resident_id, inbox.c.done.is_(False)),
                _count(outbox, outbox.c.resident_id == resident_id, outbox.c.state == "waiting"),
            )
            .join_from(residents, conversations, isouter=True)
            .where(residents.c.id == resident_id)
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        since, sealed, messages, answers = row
        conversation = Conversation.from_json(self._vault.open(sealed)) if sealed else None
        return Held(since, conversation, messages, answers)

    async def resident_at(self, chat: Chat) -> str | None:
        """The id of the resident at an address, or None."""
        query = select(residents.c.id).where(
            residents.c.channel == chat.channel, residents.c.address_hash == self._address_hash(chat)
        )
        return (await self._connection.execute(query)).scalar()

    async def _arrive(self, incoming: Incoming, update_key: str) -> Resident | None:
        """The resident who sent this, a new row if need be; None when the update was stored before."""
        chat = incoming.chat
        values = {
            "id": uuid.uuid4().hex,
            "channel": chat.channel,
            "address_hash": self._address_hash(chat),
            "address_sealed": self._vault.seal(chat.address),
            "in_group": incoming.in_group,
            "stopped": False,
            "forget_when_delivered": incoming.in_group,
            "created_at": incoming.at,
            "last_message_at": incoming.at,
            "update_key": update_key,
        }
        found = (await self._connection.execute(arrival(self._connection.dialect.name), values)).first()
        return Resident(found[0], chat, found[1], found[2]) if found else None

    async def _let_go(self, resident_id: str) -> None:
        """A group, or a resident who asked to be forgotten, leaves when nothing waits for them any more."""
        query = select(residents.c.id).where(residents.c.id == resident_id, residents.c.forget_when_delivered.is_(True))
        # The lock comes first, so that a message that arrives meanwhile is seen by the next statement.
        if (await self._connection.execute(query.with_for_update())).first():
            await self._connection.execute(delete(residents).where(residents.c.id == resident_id, ~something_waits()))

    async def _change(self, resident_id: str, **values: bool) -> None:
        await self._connection.execute(update(residents).where(residents.c.id == resident_id).values(**values))

    def _address_hash(self, chat: Chat) -> str:
        return self._vault.fingerprint(f"{chat.channel}:{chat.address}")

    def _resident(self, row: Row[*tuple[Any, ...]]) -> Resident:
        """From a row that has the columns RESIDENT."""
        chat = Chat(row.resident_channel, self._vault.open(row.address_sealed))
        return Resident(row.resident_id, chat, row.in_group, row.stopped)


def _count(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
