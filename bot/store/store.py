"""The Store port over SQLAlchemy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.faults import translated
from bot.store.unit import SqlUnit
from bot.store.vault import Vault

P = ParamSpec("P")
R = TypeVar("R")


class _Database:
    """An open database: for reading without a transaction, and for units that write."""

    def __init__(self, engine: AsyncEngine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        postgres = engine.dialect.name == "postgresql"
        # Every read is one statement, or several that may see different moments: no transaction around it.
        self._reading_engine = engine.execution_options(isolation_level="AUTOCOMMIT") if postgres else engine
        # SQLite lets one write at a time: waiting here is fair, and wakes sooner than SQLite's own retries.
        self._one_writer: AbstractAsyncContextManager[object] = nullcontext() if postgres else asyncio.Lock()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        """A transaction: committed at the end, rolled back when an exception leaves it. Not to be nested."""
        with translated():
            async with self._one_writer, self._engine.begin() as connection:
                yield SqlUnit(connection, self._vault)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnit]:
        """A connection to read on."""
        with translated():
            async with self._reading_engine.connect() as connection:
                yield SqlUnit(connection, self._vault)

    async def close(self) -> None:
        """Lets the database go."""
        await self._engine.dispose()


def _read(
    method: Callable[Concatenate[SqlUnit, P], Awaitable[R]],
) -> Callable[Concatenate[_Database, P], Coroutine[Any, Any, R]]:
    """The same reading, on a connection of its own."""

    @wraps(method)
    async def alone(self: _Database, /, *args: P.args, **kwargs: P.kwargs) -> R:
        async with self.reading() as rows:
            return await method(rows, *args, **kwargs)

    return alone


class SqlStore(_Database):
    """See `services.ports.Store`."""

    take = _read(SqlUnit.take)
    held = _read(SqlUnit.held)
    waiting_inbox = _read(SqlUnit.waiting_inbox)
    due_deliveries = _read(SqlUnit.due_deliveries)
    waiting_residents = _read(SqlUnit.waiting_residents)
    resident_at = _read(SqlUnit.resident_at)
    resident = _read(SqlUnit.resident)

    case = _read(SqlUnit.case)
    case_of = _read(SqlUnit.case_of)
    case_file = _read(SqlUnit.case_file)
    files = _read(SqlUnit.files)
    cases = _read(SqlUnit.cases)
    due_cases = _read(SqlUnit.due_cases)
    load = _read(SqlUnit.load)
    case_of_message = _read(SqlUnit.case_of_message)
    sent_before = _read(SqlUnit.sent_before)

    teams = _read(SqlUnit.teams)
    areas = _read(SqlUnit.areas)
    workers = _read(SqlUnit.workers)
    worker = _read(SqlUnit.worker)
    worker_at = _read(SqlUnit.worker_at)
    templates = _read(SqlUnit.templates)
    credentials = _read(SqlUnit.credentials)
    session = _read(SqlUnit.session)
    deeds = _read(SqlUnit.deeds)

    marks = _read(SqlUnit.marks)
    published = _read(SqlUnit.published)
    revision = _read(SqlUnit.revision)
    revisions = _read(SqlUnit.revisions)
    source_changes = _read(SqlUnit.source_changes)
    draft = _read(SqlUnit.draft)
    drafts = _read(SqlUnit.drafts)
    readings = _read(SqlUnit.readings)
    asked = _read(SqlUnit.asked)
    models = _read(SqlUnit.models)
    model = _read(SqlUnit.model)
    translator_link = _read(SqlUnit.translator_link)
    translator_links = _read(SqlUnit.translator_links)

    check_keys = _read(SqlUnit.check_keys)

    async def clean_up(self, now: datetime, keep: timedelta) -> int:
        """Erases what is older than `keep`, and sooner what is only a trace. Returns rows erased."""
        async with self.unit() as unit:
            return await unit.clean_up(now, keep)

    async def ping(self) -> None:
        """Raises StoreBusy or StoreUnusable when the database does not answer."""
        with translated():
            async with self._reading_engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
