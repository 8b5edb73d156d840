"""A Telegram on this machine, a bot of the real library that talks to it, and fakes at the ports."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from telegram import Bot

from bot.bench.telegram_stand_in import TOKEN, TelegramStandIn
from bot.channels.telegram import Intake, Polling, TelegramChannel, connect
from bot.core.message import Incoming

PNG = b"\x89PNG a picture"


class Pictures:
    """All pictures but those named "missing"; counts how often one was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def png(self, ids: str) -> bytes | None:
        self.asked.append(ids)
        return None if ids == "missing" else PNG


@dataclass
class Inbox:
    """Keeps what comes in, once per update. `crash` is raised as often as `crashes` says."""

    rows: dict[str, Incoming] = field(default_factory=dict)
    deliveries: int = 0
    crash: Exception = field(default_factory=lambda: RuntimeError("geheim"))
    crashes: int = 0
    poison: str = ""

    async def __call__(self, incoming: Incoming) -> None:
        self.deliveries += 1
        if self.crashes or incoming.update_id == self.poison:
            self.crashes = max(0, self.crashes - 1)
            raise self.crash
        self.rows.setdefault(incoming.update_id, incoming)

    @property
    def texts(self) -> list[str]:
        return [row.text for row in self.rows.values()]


class Naps:
    """Sleep that takes no time and remembers how long it should have been."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._slept = asyncio.Condition()

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)
        async with self._slept:
            self._slept.notify_all()

    async def taken(self, count: int) -> list[float]:
        async with asyncio.timeout(5), self._slept:
            await self._slept.wait_for(lambda: len(self.waits) >= count)
        return self.waits[:count]


@pytest.fixture
async def server() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def bot(server: TelegramStandIn) -> AsyncIterator[Bot]:
    made = connect(TOKEN, server.url, read_seconds=0.5)
    await made.initialize()
    yield made
    await made.shutdown()


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()


@pytest.fixture
def channel(bot: Bot, pictures: Pictures) -> TelegramChannel:
    return TelegramChannel(bot, pictures, "https://buurt.example")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def poll(bot: Bot, inbox: Inbox, naps: Naps) -> AsyncIterator[Callable[..., asyncio.Task[None]]]:
    """Starts the loop; it is stopped at the end of the test."""
    tasks = []

    def start(hold_seconds: int = 5) -> asyncio.Task[None]:
        loop = Polling(bot, Intake(bot, inbox), sleep=naps, hold_seconds=hold_seconds)
        tasks.append(asyncio.create_task(loop.run()))
        return tasks[-1]

    yield start
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task
