"""Are the keys those that the database was made with?"""

from __future__ import annotations

from sqlalchemy import select

from bot.core.errors import StoreUnusable
from bot.core.message import Chat
from bot.store.residents import ResidentRows
from bot.store.tables import residents, workers
from bot.store.workers import WorkerRows


class KeyRows(ResidentRows, WorkerRows):
    """One address of each kind, read and found again."""

    async def check_keys(self) -> None:
        """Raises StoreUnusable when the keys are not those that the database was made with."""
        resident = (
            await self._connection.execute(select(residents).order_by(residents.c.last_message_at).limit(1))
        ).first()
        worker = (await self._connection.execute(select(workers).limit(1))).first()
        found = [
            resident is None
            or self._address_hash(Chat(resident.channel, self._vault.open(resident.address_sealed)))
            == resident.address_hash,
            worker is None or self._email_hash(self._vault.open(worker.email_sealed)) == worker.email_hash,
        ]
        if not all(found):
            raise StoreUnusable(
                "The oldest key is missing from SECRET_KEYS: addresses are found with it. Put it back as the last one."
            )
