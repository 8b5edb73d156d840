"""The whole assistant as it is served, with staff in it: real channels, a real database, a translation service."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.app.now import now
from bot.app.serving import serving
from bot.bench import telegram_updates as updates
from bot.bench.telegram_chats import Shown
from bot.bench.telegram_stand_in import TelegramStandIn
from bot.core.case import Case, State
from bot.core.content import Content
from bot.core.revision import Field
from bot.core.team import Area, Hours, Role, Span, Team, Template, Worker
from bot.services.case_ports import CaseFile
from bot.services.ports import Dialogue, Understanding
from bot.settings import Settings, secret_keys
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import FakeDialogue
from tests.desk.hall import Browser
from tests.gateways.translation_stand_in import StandIn, standing_in
from tests.settings import settings_in

PASSWORD = "vier woorden op een rij"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ALWAYS = Hours(tuple(Span(day, time(0), time(23, 59, 59, 999999)) for day in range(7)))
TEAM = Team("oost", "Team Oost", ALWAYS, phone="058 000 00 00", text_in_telegram=True)
OTHER = Team("west", "Team West", ALWAYS)
SAMIRA = Worker("samira", "samira@wijk.nl", "Samira", teams=("oost",), neighbourhood="Oost")
JAN = Worker("jan", "jan@wijk.nl", "Jan", frozenset({Role.WORKER, Role.COORDINATOR}), ("oost",))
WIM = Worker("wim", "wim@wijk.nl", "Wim", teams=("west",))
EVA = Worker("eva", "eva@wijk.nl", "Eva", frozenset({Role.EDITOR}))
ROSA = Worker("rosa", "rosa@wijk.nl", "Rosa", frozenset({Role.REVIEWER}), fields=(Field.MEDICAL, Field.LANGUAGE))
GREETING = Template("hello", "oost", "Groet", {"nl": "Tot morgen om tien uur.", "ar": "إلى الغد الساعة العاشرة."})


class BothTongues(FakeDialogue):
    """Knows Arabic from Dutch by its letters, and understands nothing else; nobody can teach it."""

    model = Path("nobody-taught-it.tar.gz")

    async def understand(self, text: str) -> Understanding:
        self.languages = {"ar": 1.0} if re.search("[\u0600-\u06ff]", text) else {"nl": 1.0}
        return await super().understand(text)


@dataclass
class Loop:
    """What runs, and short ways to be somebody in it. `telegram` is None where there is no Telegram."""

    app: Starlette
    store: SqlStore
    translation: StandIn
    telegram: TelegramStandIn | None = None

    async def case(self) -> Case:
        """The only case there is, in whatever state."""
        found = await self.store.cases(states=tuple(State))
        assert len(found) == 1
        return found[0]

    async def file(self) -> CaseFile:
        """That case with everything in it."""
        found = await self.store.case_file((await self.case()).id)
        assert found is not None
        return found

    async def log(self) -> list[str]:
        """What happened to it."""
        return [event.what for event in (await self.file()).events]

    async def log_in(self, worker: Worker) -> Browser:
        """A browser in which a worker came in by password and code."""
        browser = Browser(self, "nl", "http")  # type: ignore[arg-type]
        await browser.get("/desk/log-in")
        code = pyotp.TOTP(SECRET).now()
        await browser.fill("/desk/log-in", email=worker.email, password=PASSWORD, code=code)
        return browser

    async def link(self, worker: Worker, chat: int) -> None:
        """A worker links their own Telegram with a one-time code from the desk."""
        code = secrets.token_urlsafe(16)
        async with self.store.unit() as unit:
            await unit.give_token(code, "link", worker.id, now() + timedelta(minutes=15))
        await self.phone(chat).says(f"/start {code}")
        await self.phone(chat).sees(f"Dag {worker.name}")

    def phone(self, chat: int) -> Phone:
        """A telephone with Telegram on it."""
        assert self.telegram is not None
        return Phone(self.telegram, chat)


@dataclass
class Phone:
    """One chat with the assistant, as its owner sees it."""

    server: TelegramStandIn
    chat: int

    async def says(self, words: str, *, to: Shown | None = None) -> None:
        """Types something; `to` is the message it answers."""
        update = updates.reply(self.chat, words, to=to.number) if to else updates.text(self.chat, words)
        await self.server.push(update)

    async def sees(self, words: str) -> Shown:
        """The last message that holds these words, once there is one."""
        return await self.server.shows(self.chat, words, within=10)

    async def taps(self, label: str, on: str) -> None:
        """Taps the button with these words, under the message with those."""
        shown = await self.sees(on)
        await self.server.push(updates.callback(self.chat, shown.data(label), on=shown.number))

    @property
    def texts(self) -> list[str]:
        """Everything that stands there from the assistant, in order."""
        return [shown.text for shown in self.server.screen(self.chat)]


@asynccontextmanager
async def looping(
    folder: Path, content: Content, dialogue: Dialogue | None = None, *, telegram: bool = True
) -> AsyncIterator[Loop]:
    """Everything served, with two teams, workers and editors; without Telegram only the browser chat and the desk."""
    with standing_in() as translation:
        if not telegram:
            settings = _settings(folder, translation)
            async with _serving(settings, content, dialogue) as (served, store):
                yield Loop(served, store, translation)
            return
        async with TelegramStandIn() as server:
            settings = _settings(
                folder, translation, telegram_token=server.token, telegram_api_url=server.url, serve_unreviewed=True,
                public_url="https://buurt.example",
            )  # fmt: skip
            async with _serving(settings, content, dialogue) as (served, store):
                yield Loop(served, store, translation, server)


def _settings(folder: Path, translation: StandIn, **more: object) -> Settings:
    return settings_in(folder, translator="libretranslate", translator_url=translation.url, region_team="oost", **more)


@asynccontextmanager
async def _serving(
    settings: Settings, content: Content, dialogue: Dialogue | None
) -> AsyncIterator[tuple[Starlette, SqlStore]]:
    engine = open_engine(settings.database)
    store = SqlStore(engine, Vault(secret_keys(settings)))
    try:
        await migrate(engine)
        await _furnish(store)
        async with serving(settings, content, dialogue or BothTongues()) as whole:
            yield whole.app, store
    finally:
        await store.close()


async def _furnish(store: SqlStore) -> None:
    kept = PasswordHasher().hash(PASSWORD)
    async with store.unit() as unit:
        for team in (TEAM, OTHER):
            await unit.keep_team(team)
        await unit.keep_area(Area("8911", "Binnenstad", "oost", latitude=53.2, longitude=5.8))
        await unit.keep_template(GREETING)
        for worker in (SAMIRA, JAN, WIM, EVA, ROSA):
            await unit.keep_worker(worker)
            await unit.keep_credentials(worker.id, password_hash=kept, totp=SECRET)
