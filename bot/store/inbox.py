"""The inbox: every update once, its text until it is dealt with."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, select, update

from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming
from bot.services.ports import Received, Resident
from bot.store.arrival import storing
from bot.store.case_records import CASE, case_from, latest_case
from bot.store.records import incoming_from_json, incoming_to_json
from bot.store.residents import RESIDENT, ResidentRows
from bot.store.tables import cases, conversations, inbox, residents, workers

# All that a turn begins with, in one statement that is built once: every turn waits for it.
_TAKE: Final = (
    select(
        inbox.c.body_sealed,
        inbox.c.attempts,
        conversations.c.state_sealed,
        workers.c.id.label("worker_id"),
        *RESIDENT,
        *CASE,
    )
    .join_from(inbox, residents, residents.c.id == inbox.c.resident_id)
    .outerjoin(conversations, conversations.c.resident_id == residents.c.id)
    .outerjoin(workers, workers.c.chat_id == residents.c.id)
    .outerjoin(cases, cases.c.id == latest_case(residents.c.id))
    .where(inbox.c.id == bindparam("inbox_id"), inbox.c.done.is_(False))
)
_FINISH: Final = update(inbox).where(inbox.c.id == bindparam("inbox_id")).values(done=True, body_sealed="")


class InboxRows(ResidentRows):
    """See `services.ports.Unit` and `Store`."""

    async def receive(self, incoming: Incoming) -> Received | None:
        """Stores a message; None when this update was stored before."""
        update_key = self._vault.fingerprint(incoming.update_id)
        resident = await self._arrive(incoming, update_key)
        if resident is None:
            return None
        if incoming.sender and not await self._topic_of(resident):
            incoming = replace(incoming, sender="")  # who writes in any other group is nobody's business
        row = {
            "channel": incoming.chat.channel,
            "update_key": update_key,
            "resident_id": resident.id,
            "body_sealed": self._vault.seal(incoming_to_json(incoming)),
            "received_at": incoming.at,
            "attempts": 0,
            "done": False,
        }
        inbox_id = (await self._connection.execute(storing(self._connection.dialect.name), row)).scalar()
        return Received(inbox_id, resident, incoming) if inbox_id is not None else None

    async def take(self, inbox_id: int) -> tuple[Received, Conversation] | None:
        """The waiting message of this id and what is remembered, or None when it was dealt with."""
        row = (await self._connection.execute(_TAKE, {"inbox_id": inbox_id})).first()
        if row is None:
            return None
        resident = self._resident(row)
        incoming = incoming_from_json(self._vault.open(row.body_sealed), resident.chat)
        state = self._vault.open(row.state_sealed or "")
        conversation = Conversation.from_json(state) if state else Conversation()
        case = case_from(row, self._vault) if row.case_id else None
        received = Received(inbox_id, resident, incoming, row.attempts, row.worker_id or "", case)
        topic = await self._topic_of(resident)
        if topic:
            worker = await self._worker_of(Chat(resident.chat.channel, incoming.sender))
            received = replace(received, topic=topic, worker=worker)
        return received, conversation

    async def _topic_of(self, resident: Resident) -> str:
        """The id of the case whose topic this is, or ""."""
        if not resident.in_group:  # most are not, and a turn waits for every statement
            return ""
        query = select(cases.c.id).where(cases.c.thread_id == resident.id).limit(1)
        return (await self._connection.execute(query)).scalar() or ""

    async def _worker_of(self, chat: Chat) -> str:
        """The id of the worker whose own chat this is, or ""."""
        query = (
            select(workers.c.id)
            .join_from(workers, residents, residents.c.id == workers.c.chat_id)
            .where(residents.c.channel == chat.channel, residents.c.address_hash == self._address_hash(chat))
        )
        return (await self._connection.execute(query)).scalar() or ""

    async def waiting_inbox(self) -> list[tuple[int, str]]:
        """(inbox id, resident id) of all messages without an answer, oldest first."""
        query = (
            select(inbox.c.id, inbox.c.resident_id)
            .where(inbox.c.done.is_(False), inbox.c.resident_id.is_not(None))
            .order_by(inbox.c.id)
        )
        return [(row.id, row.resident_id) for row in await self._connection.execute(query)]

    async def finish(self, inbox_id: int) -> None:
        """Marks a message as dealt with and wipes its text."""
        await self._connection.execute(_FINISH, {"inbox_id": inbox_id})
