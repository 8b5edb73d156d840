"""The one place that wires everything together."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from cryptography.fernet import Fernet
from prometheus_client import CONTENT_TYPE_LATEST, Histogram, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels import telegram, webchat
from bot.core.answer import Voice
from bot.core.content import Content
from bot.core.errors import SettingsError, StoreError
from bot.core.message import Incoming
from bot.core.phrases import Host
from bot.core.triage import Triage
from bot.gateways.content_files import load_content
from bot.gateways.pictures import Pictures
from bot.jobs import schedule
from bot.services.conveyor import Conveyor
from bot.services.deliver import Deliver
from bot.services.ports import Channel, Dialogue
from bot.services.respond import Respond
from bot.services.take_turn import TakeTurn
from bot.settings import ROOT, Settings, secret_keys
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault

TURNS = Histogram("buurtvraag_turn_seconds", "From the stored message to the stored answer", ["outcome"])
WEBHOOK = "/telegram"


def now() -> datetime:
    """The clock of the running assistant."""
    return datetime.now(UTC)


def content_of(root: Path = ROOT) -> Content:
    """The texts of the project. Raises ContentError."""
    return load_content(root / "responses")


def content_for(settings: Settings) -> Content:
    """The texts, fit to be served with these settings. Raises ContentError or SettingsError."""
    content = content_of()
    unread = [texts for texts in content.flags.values() if not texts.reviewed]
    if unread and not settings.says_unreviewed:
        raise SettingsError(
            "No health professional has read the texts for emergencies yet (responses/red_flags, `review`). "
            "Have them read, or set SERVE_UNREVIEWED=yes: each is then said with a line that tells so."
        )
    return content


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
    settings: Settings, content: Content, dialogue: Dialogue, channels: Mapping[str, Channel]
) -> AsyncIterator[Assistant]:
    """The database opened and brought up to date, what was left taken up, and all of it closed at the end."""
    engine = open_engine(settings.database)
    store = SqlStore(engine, Vault(secret_keys(settings)))
    try:
        await migrate(engine)
        await store.check_keys()
        respond = responder(settings, content, dialogue)
        take_turn = TakeTurn(store, respond, now, _observe)
        conveyor = Conveyor(store, take_turn, Deliver(store, channels, now), channels, now)
        await conveyor.recover()
        try:
            yield Assistant(store, conveyor, respond)
        finally:
            await conveyor.stop()
    finally:
        await store.close()


@dataclass(frozen=True, slots=True)
class Serving:
    """The whole as one web application; `telegram` ends only with an error, and is None without a token."""

    app: Starlette
    telegram: asyncio.Task[None] | None


@asynccontextmanager
async def serving(settings: Settings, content: Content, dialogue: Dialogue) -> AsyncIterator[Serving]:
    """Browser chat, Telegram if there is a token, and jobs, on one database."""
    pictures, web = Pictures(ROOT / "responses" / "pictograms"), webchat.WebChat()
    channels: dict[str, Channel] = {web.name: web}
    bot = None
    if not settings.demo:
        bot = telegram.connect(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
        channels["telegram"] = telegram.TelegramChannel(bot, pictures, settings.public_url)
    async with assistant(settings, content, dialogue, channels) as running:
        routes = webchat.routes(
            web=web,
            turns=running.conveyor,
            content=content,
            pictures=pictures,
            cipher=_page_cipher(settings),
            clock=now,
            demo=settings.demo,
        )
        app = Starlette(routes=[*_health(running.store), *routes])
        jobs = schedule(lambda: running.store.clean_up(now(), timedelta(days=settings.keep_days)))
        jobs.start()
        task = asyncio.create_task(_telegram(settings, content, bot, running.conveyor, app)) if bot else None
        try:
            yield Serving(app, task)
        finally:
            jobs.shutdown(wait=False)
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


async def serve(settings: Settings, content: Content, dialogue: Dialogue, at: socket.socket) -> None:
    """Serves on a listening socket until it is stopped. Raises SettingsError for a token Telegram does not know."""
    async with serving(settings, content, dialogue) as whole:
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


async def _telegram(
    settings: Settings, content: Content, bot: telegram.Bot, conveyor: Conveyor, app: Starlette
) -> None:
    """Greets Telegram, then fetches updates, or lets them come to the webhook."""

    async def receive(incoming: Incoming) -> None:
        await conveyor.receive(incoming)

    commands = {code: dict(labels.commands) for code, labels in content.labels.items()}
    secret = settings.telegram_webhook_secret.get_secret_value()
    intake = telegram.Intake(bot, receive)
    if not secret:
        await telegram.greet_in_time(bot, commands)
        await telegram.Polling(bot, intake).run()
    app.router.routes.insert(0, Route(WEBHOOK, _webhook(bot, intake, secret), methods=["POST"]))
    await telegram.greet_in_time(bot, commands, webhook_url=settings.public_url + WEBHOOK, secret=secret)
    await asyncio.Event().wait()


def _webhook(bot: telegram.Bot, intake: telegram.Intake, secret: str) -> Callable[[Request], object]:
    async def take(request: Request) -> Response:
        if not telegram.verify(secret, request.headers.get(telegram.SECRET_HEADER)):
            return PlainTextResponse("", 403)
        with suppress(ValueError):
            await intake(telegram.read_update(bot, await request.body()))
        return PlainTextResponse("")

    return take


def _health(store: SqlStore) -> list[Route]:
    async def healthy(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_: Request) -> Response:
        try:
            await store.waiting_residents()
        except StoreError as error:
            return PlainTextResponse(f"{error}\n", 503)
        return PlainTextResponse("ready\n")

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthy), Route("/readyz", ready), Route("/metrics", metrics)]


def _observe(outcome: str, seconds: float) -> None:
    TURNS.labels(outcome).observe(seconds)


def _page_cipher(settings: Settings) -> Fernet:
    """Seals the transcript that a page without JavaScript carries with it; a key of its own."""
    digest = hashlib.sha256(b"transcript:" + secret_keys(settings)[0].encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
