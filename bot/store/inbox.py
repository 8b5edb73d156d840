"""The inbox: every update once, its text until it is dealt with."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.core.conversation import Conversation
from bot.core.message import Incoming
from bot.services.ports import Received
from bot.store.records import incoming_from_json, incoming_to_json
from bot.store.residents import RESIDENT, ResidentRows
from bot.store.tables import conversations, inbox, residents


class InboxRows(ResidentRows):
    """See `services.ports.Unit` and `Store`."""

    async def receive(self, incoming: Incoming) -> Received | None:
        """Stores a message; None when this update was stored before."""
        update_key = self._vault.fingerprint(incoming.update_id)
        resident = await self._arrive(incoming, update_key)
        if resident is None:
            return None
        statement = self._insert(inbox).values(
            channel=incoming.chat.channel,
            update_key=update_key,
            resident_id=resident.id,
            body_sealed=self._vault.seal(incoming_to_json(incoming)),
            received_at=incoming.at,
            attempts=0,
            done=False,
        )
        query = statement.on_conflict_do_nothing().returning(inbox.c.id)
        inbox_id = (await self._connection.execute(query)).scalar()
        return Received(inbox_id, resident, incoming) if inbox_id is not None else None

    async def take(self, inbox_id: int) -> tuple[Received, Conversation] | None:
        """The waiting message of this id and what is remembered, or None when it was dealt with."""
        query = (
            select(inbox.c.body_sealed, inbox.c.attempts, conversations.c.state_sealed, *RESIDENT)
            .join_from(inbox, residents)
            .outerjoin(conversations, conversations.c.resident_id == residents.c.id)
            .where(inbox.c.id == inbox_id, inbox.c.done.is_(False))
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        resident = self._resident(row)
        incoming = incoming_from_json(self._vault.open(row.body_sealed), resident.chat)
        state = self._vault.open(row.state_sealed or "")
        conversation = Conversation.from_json(state) if state else Conversation()
        return Received(inbox_id, resident, incoming, row.attempts), conversation

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
        await self._connection.execute(update(inbox).where(inbox.c.id == inbox_id).values(done=True, body_sealed=""))

    async def count_attempt(self, inbox_id: int) -> None:
        """Remembers that a turn was tried and failed."""
        await self._connection.execute(
            update(inbox).where(inbox.c.id == inbox_id).values(attempts=inbox.c.attempts + 1)
        )
