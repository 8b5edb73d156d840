"""The one place that wires everything together."""

from __future__ import annotations

import asyncio
import base64
import hashlib
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


@asynccontextmanager
async def server(settings: Settings, content: Content, dialogue: Dialogue) -> AsyncIterator[Starlette]:
    """The whole: browser chat, Telegram if there is a token, jobs; as one web application."""
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
        tasks = []
        if bot is not None:
            tasks.append(asyncio.create_task(_telegram(settings, content, bot, running.conveyor, app)))
        try:
            yield app
        finally:
            jobs.shutdown(wait=False)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def serve(
    settings: Settings, content: Content, dialogue: Dialogue, host: str, port: int, say: Callable[[str], None]
) -> None:
    """Serves until it is stopped."""
    async with server(settings, content, dialogue) as app:
        config = uvicorn.Config(app, host=host, port=port, ws="none", log_level="error", access_log=False)
        say(f"Buurtvraag is open at http://{host}:{port}/")
        say(f"Data and keys: {settings.data_dir}" if not settings.database_url else "Data: DATABASE_URL")
        say("Telegram: on" if not settings.demo else "Telegram: off (set TELEGRAM_TOKEN, see README.md)")
        if settings.says_unreviewed:
            say("Texts no health professional has read are said, each with a line that tells so.")
        await uvicorn.Server(config).serve()


async def _telegram(
    settings: Settings, content: Content, bot: telegram.Bot, conveyor: Conveyor, app: Starlette
) -> None:
    """Greets Telegram, then fetches updates, or lets them come to the webhook."""

    async def receive(incoming: Incoming) -> None:
        await conveyor.receive(incoming)

    commands = {code: dict(labels.commands) for code, labels in content.labels.items()}
    secret = settings.telegram_webhook_secret.get_secret_value()
    intake = telegram.Intake(bot, receive)
    if secret:
        app.router.routes.insert(0, Route(WEBHOOK, _webhook(bot, intake, secret), methods=["POST"]))
        await telegram.greet_in_time(bot, commands, webhook_url=settings.public_url + WEBHOOK, secret=secret)
    else:
        await telegram.greet_in_time(bot, commands)
        await telegram.Polling(bot, intake).run()


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
