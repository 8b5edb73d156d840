"""What the parts of a unit share: the connection of one transaction, and the vault."""

from __future__ import annotations

from sqlalchemy import Table
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


def insert_into(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do with a row that is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
