"""A store on an open database: brought up to date at the beginning, let go at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault


@asynccontextmanager
async def opened(url: str, keys: tuple[str, ...]) -> AsyncIterator[SqlStore]:
    """The store at `url` (see `open_engine`); of `keys` the first encrypts. Raises StoreUnusable as `migrate` does."""
    engine = open_engine(url)
    store = SqlStore(engine, Vault(keys))
    try:
        await migrate(engine)
        yield store
    finally:
        await store.close()
