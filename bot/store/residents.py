"""Residents: who they are to us (a random id and an encrypted address), and when they can be reached."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Table,
    and_,
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
from bot.store.case_records import CASE, case_from
from bot.store.part import Part
from bot.store.tables import cases, conversations, inbox, outbox, residents, sent_messages, teams, workers

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


def is_staff() -> ColumnElement[bool]:
    """Whether the chat is a worker's own, a team's group or a case's topic: such a row is kept while the link is.

    A group stays, too, while messages in it must still be taken back.
    """
    return or_(
        exists().where(workers.c.chat_id == residents.c.id),
        exists().where(teams.c.group_id == residents.c.id),
        exists().where(cases.c.thread_id == residents.c.id),
        and_(residents.c.in_group, exists().where(sent_messages.c.chat_id == residents.c.id)),
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
        theirs = select(*CASE).where(cases.c.resident_id == resident_id).order_by(cases.c.opened_at, cases.c.id)
        found = [case_from(row, self._vault) for row in await self._connection.execute(theirs)]
        return Held(since, conversation, messages, answers, tuple(found))

    async def resident(self, resident_id: str) -> Resident | None:
        """Whose id this is, and where they are reached; None when they left."""
        row = (await self._connection.execute(select(*RESIDENT).where(residents.c.id == resident_id))).first()
        return self._resident(row) if row else None

    async def resident_at(self, chat: Chat) -> str | None:
        """The id of the resident at an address, or None."""
        query = select(residents.c.id).where(
            residents.c.channel == chat.channel, residents.c.address_hash == self._address_hash(chat)
        )
        return (await self._connection.execute(query)).scalar()

    async def group_at(self, chat: Chat, at: datetime) -> str:
        """The id of a group, or a topic in one, at an address; kept from now on if it was not."""
        kept = await self._connection.execute(
            self._insert(residents)
            .values(self._row(chat, at, in_group=True))
            .on_conflict_do_nothing()
            .returning(residents.c.id)
        )
        return kept.scalar() or await self.resident_at(chat) or ""

    async def _arrive(self, incoming: Incoming, update_key: str) -> Resident | None:
        """The resident who sent this, a new row if need be; None when the update was stored before."""
        chat = incoming.chat
        values = self._row(chat, incoming.at, in_group=incoming.in_group) | {"update_key": update_key}
        found = (await self._connection.execute(arrival(self._connection.dialect.name), values)).first()
        return Resident(found[0], chat, found[1], found[2]) if found else None

    def _row(self, chat: Chat, at: datetime, *, in_group: bool) -> dict[str, object]:
        """A new row for a chat."""
        return {
            "id": uuid.uuid4().hex,
            "channel": chat.channel,
            "address_hash": self._address_hash(chat),
            "address_sealed": self._vault.seal(chat.address),
            "in_group": in_group,
            "stopped": False,
            "forget_when_delivered": in_group,
            "created_at": at,
            "last_message_at": at,
        }

    async def _let_go(self, resident_id: str) -> None:
        """A group, or a resident who asked to be forgotten, leaves when nothing waits for them any more."""
        query = select(residents.c.id).where(residents.c.id == resident_id, residents.c.forget_when_delivered.is_(True))
        # The lock comes first, so that a message that arrives meanwhile is seen by the next statement.
        if (await self._connection.execute(query.with_for_update())).first():
            await self._connection.execute(
                delete(residents).where(residents.c.id == resident_id, ~something_waits(), ~is_staff())
            )

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
