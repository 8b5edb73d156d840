"""The Store port over SQLAlchemy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.conversation import Conversation
from bot.core.errors import StoreUnusable
from bot.core.message import Chat
from bot.services.ports import Delivery, Held, Received
from bot.store.faults import translated
from bot.store.tables import residents
from bot.store.unit import SqlUnit
from bot.store.vault import Vault


class SqlStore:
    """See `services.ports.Store`."""

    def __init__(self, engine: AsyncEngine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        postgres = engine.dialect.name == "postgresql"
        # Every read is one statement: it needs no transaction around it.
        self._reading_engine = engine.execution_options(isolation_level="AUTOCOMMIT") if postgres else engine
        # SQLite lets one write at a time: waiting here is fair, and wakes sooner than SQLite's own retries.
        self._one_writer: AbstractAsyncContextManager[object] = nullcontext() if postgres else asyncio.Lock()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        """A transaction: committed at the end, rolled back when an exception leaves it. Not to be nested."""
        with translated():
            async with self._one_writer, self._engine.begin() as connection:
                yield SqlUnit(connection, self._vault)

    async def take(self, inbox_id: int) -> tuple[Received, Conversation] | None:
        """The waiting message of this id and what is remembered, or None when it was dealt with."""
        async with self._reading() as rows:
            return await rows.take(inbox_id)

    async def held(self, resident_id: str) -> Held | None:
        """All that is kept on a resident."""
        async with self._reading() as rows:
            return await rows.held(resident_id)

    async def waiting_inbox(self) -> list[tuple[int, str]]:
        """(inbox id, resident id) of all messages without an answer, oldest first."""
        async with self._reading() as rows:
            return await rows.waiting_inbox()

    async def due_deliveries(self, resident_id: str, now: datetime) -> list[Delivery]:
        """What may be delivered to a resident now, in order; nothing while an earlier one waits."""
        async with self._reading() as rows:
            return await rows.due_deliveries(resident_id, now)

    async def waiting_residents(self) -> list[tuple[str, datetime]]:
        """(resident id, when the next message may be tried) for all that the outbox still holds."""
        async with self._reading() as rows:
            return await rows.waiting_residents()

    async def resident_at(self, chat: Chat) -> str | None:
        """The id of the resident at an address, or None."""
        async with self._reading() as rows:
            return await rows.resident_at(chat)

    async def check_keys(self) -> None:
        """Raises StoreUnusable when the keys are not those that the database was made with."""
        query = select(residents).order_by(residents.c.last_message_at).limit(1)
        with translated():
            async with self._reading_engine.connect() as connection:
                row = (await connection.execute(query)).first()
        if row is None:
            return
        address = self._vault.open(row.address_sealed)
        if self._vault.fingerprint(f"{row.channel}:{address}") != row.address_hash:
            raise StoreUnusable(
                "The oldest key is missing from SECRET_KEYS: addresses are found with it. Put it back as the last one."
            )

    async def clean_up(self, now: datetime, keep: timedelta) -> int:
        """Erases what is older than `keep`, and sooner what is only a trace. Returns rows erased."""
        async with self.unit() as unit:
            return await unit.clean_up(now, keep)

    async def close(self) -> None:
        """Lets the database go."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[SqlUnit]:
        with translated():
            async with self._reading_engine.connect() as connection:
                yield SqlUnit(connection, self._vault)
