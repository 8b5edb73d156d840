"""What the parts of a unit share: the connection of one transaction, and the vault."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.vault import Vault


class Part:
    """The statements on one noun, run on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        return insert_into(table, self._connection.dialect.name)

    async def _upsert(self, table: Table, key: dict[str, str], values: Mapping[str, object]) -> None:
        """A new row, or these values in the one that has this key."""
        statement = self._insert(table).values(**key, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))

    async def _alone(self, lock: int) -> None:
        """Lets nobody else who asks for the same lock pass before this transaction ends."""
        if self._connection.dialect.name == "postgresql":  # SQLite lets one write at a time anyway
            await self._connection.execute(select(func.pg_advisory_xact_lock(lock)))

    def _sealed(self, text: str) -> str:
        """Encrypted; "" stays "", as `Vault.open` expects it."""
        return self._vault.seal(text) if text else ""


def insert_into(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do with a row that is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
