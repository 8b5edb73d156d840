"""The browser chat on a real port: real pages, conveyor, SQLite and texts; only the model is scripted."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from cryptography.fernet import Fernet
from starlette.applications import Starlette

from bot.channels.webchat import WebChat, routes
from bot.channels.webchat.collect import Waits
from bot.core.content import Content
from bot.core.served import Served
from bot.gateways.file_vault import FileVault
from bot.gateways.pictures import Pictures
from bot.services.ports import Understanding
from bot.services.turns.conveyor import Conveyor
from bot.services.turns.deliver import Deliver
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import FakeDialogue, responding, turning
from tests.fake_cases import FakeSignals

ROOT = Path(__file__).parents[3]
CIPHER = Fernet(Fernet.generate_key())
SCRIPT = {
    "wat kost de griepprik": "flu_jab",
    "zijn prikken veilig": "vaccine_safety",
    "هل اللقاحات آمنة": "vaccine_safety",
    "hoi": "greet",
    "help": "help",
    "ik denk na": "greet",
}


@dataclass
class SlowDialogue(FakeDialogue):
    """Knows Arabic by its letters; thinks about "ik denk na" until `thought` is set."""

    thought: threading.Event = field(default_factory=threading.Event)

    async def understand(self, text: str) -> Understanding:
        if text == "ik denk na":
            await asyncio.to_thread(self.thought.wait, 4)
        self.languages = {"ar": 1.0} if re.search("[\u0600-\u06ff]", text) else {"nl": 1.0}
        return await super().understand(text)


class House:
    """The assistant behind a port of this machine, in a thread of its own, until `close`."""

    def __init__(self, folder: Path, content: Content, *, demo: bool = True) -> None:
        self.dialogue = SlowDialogue(SCRIPT)
        self._folder, self._content, self._demo = folder, content, demo
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(self._app(), ws="none", log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    def _app(self) -> Starlette:
        app = Starlette(lifespan=self._lifespan)
        self.web = WebChat(patience=30)
        self.vault = FileVault(self._folder / "files", (Fernet.generate_key().decode(),))
        engine = open_engine(f"sqlite:///{self._folder / 'chat.db'}")
        store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
        self._migrate = lambda: migrate(engine)

        def clock() -> datetime:
            return datetime.now(UTC)

        respond = responding(self._content, self.dialogue)
        take = turning(store, respond, clock, FakeSignals())
        self._conveyor = Conveyor(store, take, Deliver(store, {"web": self.web}, clock), {"web": self.web})
        app.router.routes.extend(
            routes(
                web=self.web,
                turns=self._conveyor,
                served=Served(self._content),
                pictures=Pictures(ROOT / "responses" / "pictograms"),
                cipher=CIPHER,
                clock=clock,
                demo=self._demo,
                files=self.vault,
                waits=Waits(turn=1.0, first=1.0, further=0.3),
            )
        )
        return app

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self._migrate()
        yield
        await self._conveyor.stop()
