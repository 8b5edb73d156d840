"""The neighbourhood of tests/services/street.py, in memory and on a real SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.content import Content
from bot.core.triage import Triage
from bot.store.engine import open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.fake_cases import FakeStore
from tests.ready_database import ready_sqlite
from tests.services.editors_room import EditorsRoom
from tests.services.school import School, open_school
from tests.services.street import Street
from tests.services.talk import Talk


@pytest.fixture(params=["memory", "sqlite"])
async def street(request: pytest.FixtureRequest, tmp_path: Path, content: Content) -> AsyncIterator[Street]:
    if request.param == "memory":
        made = Street(FakeStore(), content)
        await made.settle()
        yield made
        return
    engine = open_engine(ready_sqlite(tmp_path / "street.db"))
    store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
    made = Street(store, content)
    await made.settle()
    yield made
    await store.close()


@pytest.fixture
async def talk(street: Street, content: Content, triage: Triage) -> Talk:
    """A resident of that neighbourhood, who has no case yet."""
    return await Talk(street, content, triage).start()


@pytest.fixture(params=["memory", "sqlite"])
async def room(request: pytest.FixtureRequest, tmp_path: Path, content: Content) -> AsyncIterator[EditorsRoom]:
    """Editors, with the real texts, in memory and on a real SQLite file."""
    if request.param == "memory":
        yield await EditorsRoom(FakeStore(), content).settle()
        return
    engine = open_engine(ready_sqlite(tmp_path / "room.db"))
    store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
    yield await EditorsRoom(store, content).settle()
    await store.close()


@pytest.fixture
async def school(tmp_path: Path, content: Content) -> AsyncIterator[School]:
    """Where editors teach."""
    async with open_school(tmp_path, content) as school:
        yield school
