"""Databases with our tables, made once and copied: to migrate each anew takes longer than most tests do."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bot.store.engine import migrate, open_engine


def ready_sqlite(path: Path) -> str:
    """The address of a new SQLite file with our tables."""
    path.write_bytes(_ready_file())
    return f"sqlite:///{path}"


def make_ready(url: str) -> None:
    """Migrates a database, also while an event loop is running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _migrated(url)).result()


@cache
def _ready_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ready.db"
        make_ready(f"sqlite:///{path}")
        return path.read_bytes()


async def _migrated(url: str) -> None:
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()
