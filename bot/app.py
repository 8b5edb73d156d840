"""The one place that wires everything together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.core.answer import Voice
from bot.core.content import Content
from bot.core.phrases import Host
from bot.core.triage import Triage
from bot.gateways.content_files import load_content
from bot.services.conveyor import Conveyor
from bot.services.deliver import Deliver
from bot.services.ports import Channel, Dialogue
from bot.services.respond import Respond
from bot.services.take_turn import TakeTurn
from bot.settings import ROOT, Settings, secret_keys
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault


def now() -> datetime:
    """The clock of the running assistant."""
    return datetime.now(UTC)


def content_of(root: Path = ROOT) -> Content:
    """The texts of the project. Raises ContentError."""
    return load_content(root / "responses")


def responder(settings: Settings, content: Content, dialogue: Dialogue) -> Respond:
    """What answers one message."""
    voice = Voice(content, serve_unreviewed=settings.says_unreviewed)
    host = Host(settings.host_name, settings.host_role, settings.host_organisation)
    return Respond(voice, Triage(content.patterns), dialogue, host)


@dataclass(frozen=True, slots=True)
class Assistant:
    """A running assistant: give `conveyor.receive` to whatever brings messages."""

    store: SqlStore
    conveyor: Conveyor
    respond: Respond


@asynccontextmanager
async def assistant(
    settings: Settings, content: Content, dialogue: Dialogue, channels: dict[str, Channel]
) -> AsyncIterator[Assistant]:
    """The database opened and brought up to date, what was left taken up, and all of it closed at the end."""
    vault = Vault(secret_keys(settings))
    engine = open_engine(settings.database)
    await migrate(engine)
    store = SqlStore(engine, vault)
    respond = responder(settings, content, dialogue)
    take_turn = TakeTurn(store, respond, now)
    conveyor = Conveyor(store, take_turn, Deliver(store, channels, now), channels, now)
    try:
        await conveyor.recover()
        yield Assistant(store, conveyor, respond)
    finally:
        await conveyor.stop()
        await store.close()
