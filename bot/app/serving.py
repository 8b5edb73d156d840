"""The whole as one web application, and what serves it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address

import uvicorn
from cryptography.fernet import Fernet
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot import desk as desk_pages
from bot.app.assistant import assistant
from bot.app.by_clock import jobs_of
from bot.app.by_telegram import by_telegram
from bot.app.content_room import newsroom_of, teaching_room
from bot.app.desk import DEMO_IDS, desk_of
from bot.app.health import health
from bot.app.https import HttpsOnly
from bot.app.now import now
from bot.channels import telegram, webchat
from bot.core.content import Content
from bot.core.errors import SettingsError
from bot.gateways.file_vault import FileVault
from bot.gateways.pictures import Pictures
from bot.gateways.rasa.swapping import SwappingDialogue
from bot.jobs import schedule
from bot.services.editing import editing_of
from bot.services.editing.settle_ready import settle_ready
from bot.services.files import Cabinet, Fetch
from bot.services.ports import Channel
from bot.settings import ROOT, Settings, secret_keys


@dataclass(frozen=True, slots=True)
class Serving:
    """The whole as one web application; `telegram` ends only with an error, and is None without a token."""

    app: Starlette
    telegram: asyncio.Task[None] | None


@asynccontextmanager
async def serving(
    settings: Settings, content: Content, dialogue: SwappingDialogue, *, at_home: bool = True
) -> AsyncIterator[Serving]:
    """Browser chat, the desk, Telegram if there is a token, and jobs, on one database.

    `at_home`: only this machine reaches it, so a demonstration may have log-ins without a password.
    """
    pictures, web = Pictures(ROOT / "responses" / "pictograms"), webchat.WebChat()
    channels: dict[str, Channel] = {web.name: web}
    fetch: dict[str, Fetch] = {}
    vault = FileVault(settings.data_dir / "files", secret_keys(settings))
    files = Cabinet(vault, fetch)
    bot = None
    if not settings.demo:
        bot = telegram.connect(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
        channels["telegram"] = chats = telegram.TelegramChannel(bot, pictures, settings.public_url, files)
        fetch["telegram"] = chats.fetch
    async with assistant(settings, content, dialogue, channels) as running:
        routes = webchat.routes(
            web=web,
            turns=running.conveyor,
            served=running.served,
            pictures=pictures,
            cipher=_page_cipher(settings),
            clock=now,
            demo=settings.demo,
            files=files,
        )
        newsroom = newsroom_of(settings, running, content)
        editing = editing_of(newsroom)
        teaching = teaching_room(settings, running, newsroom, dialogue, editing)
        await editing.refresh()
        await settle_ready(newsroom, DEMO_IDS)
        await teaching.recover()
        await teaching.follow()
        desk = await desk_of(settings, running, newsroom, editing, teaching, files, bot, at_home=at_home)
        pages = [*health(running.store), *desk_pages.routes(desk), *routes]
        app = Starlette(routes=pages, middleware=[Middleware(HttpsOnly, public_url=settings.public_url)])
        jobs = schedule(jobs_of(settings, running, channels, vault, newsroom, editing, teaching))
        jobs.start()
        task = asyncio.create_task(by_telegram(settings, content, bot, running.conveyor, app)) if bot else None
        try:
            yield Serving(app, task)
        finally:
            jobs.shutdown(wait=False)
            await teaching.stop()
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


async def serve(settings: Settings, content: Content, dialogue: SwappingDialogue, at: socket.socket) -> None:
    """Serves on a listening socket until it is stopped. Raises SettingsError for a token Telegram does not know."""
    at_home = ip_address(at.getsockname()[0]).is_loopback
    async with serving(settings, content, dialogue, at_home=at_home) as whole:
        server = uvicorn.Server(uvicorn.Config(whole.app, ws="none", log_level="error", access_log=False))
        web = asyncio.create_task(server.serve(sockets=[at]))
        await asyncio.wait({web, whole.telegram} if whole.telegram else {web}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await web
        if whole.telegram is not None and whole.telegram.done():
            whole.telegram.result()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError when the address is taken or not ours."""
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise SettingsError(f"Nobody can listen at {host}:{port} ({error.strerror}). Try another --port.") from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or every answer takes 40 ms
    return listener


def _page_cipher(settings: Settings) -> Fernet:
    """Seals the transcript that a page without JavaScript carries with it; a key of its own."""
    digest = hashlib.sha256(b"transcript:" + secret_keys(settings)[0].encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
