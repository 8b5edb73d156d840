"""The Store port over SQLAlchemy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.message import Chat
from bot.services.ports import Delivery, Resident
from bot.store.engine import translated
from bot.store.records import aware, outgoing_from_json
from bot.store.tables import conversations, inbox, outbox, residents
from bot.store.unit import SqlUnit
from bot.store.vault import Vault


class SqlStore:
    """See `services.ports.Store`."""

    def __init__(self, engine: AsyncEngine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        """A transaction: committed at the end, rolled back when an exception leaves it."""
        with translated():
            async with self._engine.begin() as connection:
                yield SqlUnit(connection, self._vault)

    async def waiting_inbox(self) -> list[tuple[int, str]]:
        """(inbox id, resident id) of all messages without an answer, oldest first."""
        query = (
            select(inbox.c.id, inbox.c.resident_id)
            .where(inbox.c.done.is_(False), inbox.c.resident_id.is_not(None))
            .order_by(inbox.c.id)
        )
        with translated():
            async with self._engine.begin() as connection:
                return [(int(row.id), str(row.resident_id)) for row in await connection.execute(query)]

    async def due_deliveries(self, resident_id: str, now: datetime) -> list[Delivery]:
        """What may be delivered to a resident now, in order; nothing while an earlier one waits."""
        query = (
            select(outbox, residents)
            .join(residents)
            .where(outbox.c.resident_id == resident_id, outbox.c.state == "waiting")
            .order_by(outbox.c.id)
        )
        due: list[Delivery] = []
        with translated():
            async with self._engine.begin() as connection:
                for row in (await connection.execute(query)).mappings():
                    if aware(row[outbox.c.not_before]) > now:
                        break
                    chat = Chat(row[residents.c.channel], self._vault.open(row[residents.c.address_sealed]))
                    outgoing = outgoing_from_json(self._vault.open(row[outbox.c.body_sealed]))
                    resident = Resident(
                        resident_id, chat, row[residents.c.in_group], row[residents.c.stopped]
                    )
                    due.append(Delivery(row[outbox.c.id], resident, outgoing, row[outbox.c.attempts]))
        return due

    async def waiting_residents(self) -> list[tuple[str, datetime]]:
        """(resident id, when the next message may be tried) for all that the outbox still holds."""
        query = (
            select(outbox.c.resident_id, func.min(outbox.c.not_before))
            .where(outbox.c.state == "waiting")
            .group_by(outbox.c.resident_id)
        )
        with translated():
            async with self._engine.begin() as connection:
                return [(str(row[0]), aware(row[1])) for row in await connection.execute(query)]

    async def resident_at(self, chat: Chat) -> str | None:
        """The id of the resident at an address, or None."""
        address_hash = self._vault.fingerprint(f"{chat.channel}:{chat.address}")
        query = select(residents.c.id).where(
            residents.c.channel == chat.channel, residents.c.address_hash == address_hash
        )
        with translated():
            async with self._engine.begin() as connection:
                return (await connection.execute(query)).scalar()

    async def clean_up(self, now: datetime, keep: timedelta) -> int:
        """Erases what is older than `keep`: conversations, residents, and traces of messages. Returns rows erased."""
        before = now - keep
        with translated():
            async with self._engine.begin() as connection:
                gone = 0
                for statement in (
                    delete(outbox).where(outbox.c.created_at < before),
                    delete(inbox).where(inbox.c.received_at < before),
                    delete(conversations).where(conversations.c.updated_at < before),
                    delete(residents).where(residents.c.last_message_at < before),
                ):
                    gone += (await connection.execute(statement)).rowcount
                return gone

    async def close(self) -> None:
        """Lets the database go."""
        await self._engine.dispose()
