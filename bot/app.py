"""The one place that wires everything together."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from cryptography.fernet import Fernet
from prometheus_client import CONTENT_TYPE_LATEST, Histogram, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import desk as desk_pages
from bot.channels import telegram, webchat
from bot.core.answer import Voice
from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.errors import SettingsError, StoreError
from bot.core.message import Incoming
from bot.core.phrases import Host
from bot.core.triage import Triage
from bot.desk.desk import Desk, OidcSettings
from bot.gateways.content_files import load_content
from bot.gateways.demo_files import read_demo
from bot.gateways.file_vault import FileVault
from bot.gateways.pictures import Pictures
from bot.gateways.translation import open_translator
from bot.jobs import Job, schedule
from bot.services.ask_person import AskPerson, Find
from bot.services.cases import Cases, cases_of
from bot.services.conveyor import Conveyor
from bot.services.deliver import Deliver
from bot.services.demo_neighbourhood import make_demo
from bot.services.files import Cabinet, Fetch
from bot.services.invite_coordinator import invite_coordinator
from bot.services.live import Live
from bot.services.office import Office
from bot.services.ports import Channel, Dialogue
from bot.services.respond import Respond
from bot.services.take_turn import TakeTurn
from bot.services.team_topics import TeamTopics
from bot.services.tidy_chats import TidyChats
from bot.services.translate import Translate
from bot.services.watch_cases import WatchCases
from bot.settings import ROOT, Settings, secret_keys
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault

TURNS = Histogram("buurtvraag_turn_seconds", "From the stored message to the stored answer", ["outcome"])
WEBHOOK = "/telegram"
DEMO_IDS = "demo-"
UNSENT_FILES = timedelta(days=2)  # as long a file may wait for the case that it is sent in


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


async def _nowhere() -> Places:
    """No team: who asks for a person gets the telephone."""
    return Places()


def responder(settings: Settings, content: Content, dialogue: Dialogue, places: Find = _nowhere) -> Respond:
    """What answers one message."""
    voice = Voice(content, serve_unreviewed=settings.says_unreviewed)
    host = Host(settings.host_name, settings.host_role, settings.host_organisation)
    return Respond(voice, Triage(content.patterns), dialogue, AskPerson(voice, dialogue, places), host)


@dataclass(frozen=True, slots=True)
class Assistant:
    """A running assistant: give `conveyor.receive` to whatever brings messages."""

    store: SqlStore
    conveyor: Conveyor
    respond: Respond
    cases: Cases
    live: Live
    topics: TeamTopics


@asynccontextmanager
async def assistant(
    settings: Settings, content: Content, dialogue: Dialogue, channels: Mapping[str, Channel]
) -> AsyncIterator[Assistant]:
    """The database opened and brought up to date, what was left taken up, and all of it closed at the end."""
    engine = open_engine(settings.database)
    store = SqlStore(engine, Vault(secret_keys(settings)))
    translator = open_translator(
        settings.translator,
        settings.translator_url,
        settings.translator_key.get_secret_value(),
        settings.processor_agreement,
    )
    try:
        await migrate(engine)
        await store.check_keys()
        running = _assembled(settings, content, dialogue, channels, store, Translate(translator))
        await running.conveyor.recover()
        try:
            yield running
        finally:
            await running.topics.stop()
            await running.conveyor.stop()
    finally:
        if translator is not None:
            translator.close()
        await store.close()


def _assembled(
    settings: Settings,
    content: Content,
    dialogue: Dialogue,
    channels: Mapping[str, Channel],
    store: SqlStore,
    translate: Translate,
) -> Assistant:
    async def places() -> Places:
        return Places(tuple(await store.areas()), tuple(await store.teams()), settings.region_team)

    respond = responder(settings, content, dialogue, places)
    live = Live(lambda chat_id: conveyor.nudge(chat_id), lambda case: topics.changed(case))  # noqa: PLW0108 - both come later
    office = Office(store, now, live, respond.voice, lambda: secrets.token_urlsafe(16), settings.public_url)
    cases = cases_of(office, translate, settings.region_team)
    take_turn = TakeTurn(store, respond, now, cases, _observe)
    conveyor = Conveyor(store, take_turn, Deliver(store, channels, now), channels)
    topics = TeamTopics(office, cases.work.tell, channels, store.resident)
    return Assistant(store, conveyor, respond, cases, live, topics)


@dataclass(frozen=True, slots=True)
class Serving:
    """The whole as one web application; `telegram` ends only with an error, and is None without a token."""

    app: Starlette
    telegram: asyncio.Task[None] | None


@asynccontextmanager
async def serving(
    settings: Settings, content: Content, dialogue: Dialogue, *, at_home: bool = True
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
        channels["telegram"] = by_telegram = telegram.TelegramChannel(bot, pictures, settings.public_url, files)
        fetch["telegram"] = by_telegram.fetch
    async with assistant(settings, content, dialogue, channels) as running:
        routes = webchat.routes(
            web=web,
            turns=running.conveyor,
            content=content,
            pictures=pictures,
            cipher=_page_cipher(settings),
            clock=now,
            demo=settings.demo,
            files=files,
        )
        desk = await _desk(settings, running, content, files, bot, at_home=at_home)
        app = Starlette(routes=[*_health(running.store), *desk_pages.routes(desk), *routes])
        jobs = schedule(_jobs(settings, running, channels, vault))
        jobs.start()
        task = asyncio.create_task(_telegram(settings, content, bot, running.conveyor, app)) if bot else None
        try:
            yield Serving(app, task)
        finally:
            jobs.shutdown(wait=False)
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


def _jobs(settings: Settings, running: Assistant, channels: Mapping[str, Channel], files: FileVault) -> list[Job]:
    """What happens by the clock: nobody is forgotten, and nothing is kept too long."""
    store, cases = running.store, running.cases
    watch = WatchCases(cases.office, cases.work.tell, store.resident)
    tidy = TidyChats(store, channels, now, store.resident)

    async def clean_up() -> int:
        return await store.clean_up(now(), timedelta(days=settings.keep_days))

    async def sweep() -> int:
        """Photos and voices that no case holds any more: withdrawn, forgotten, or never sent."""
        needed = {file.id for file in await store.files()}
        return await files.sweep(needed, now() - UNSENT_FILES)

    return [
        Job("sweep_files", timedelta(hours=6), sweep),
        Job("watch_cases", timedelta(minutes=1), watch.watch),
        Job("open_topics", timedelta(minutes=1), running.topics.catch_up),
        Job("tidy_chats", timedelta(minutes=10), tidy.tidy),
        Job("clean_up", timedelta(hours=1), clean_up),
    ]


async def _desk(
    settings: Settings,
    running: Assistant,
    content: Content,
    files: Cabinet,
    bot: telegram.Bot | None,
    *,
    at_home: bool,
) -> Desk:
    """The desk; in a demonstration with a neighbourhood in it, whose workers anybody may be."""
    demo: tuple[str, ...] = ()
    if not settings.demo and any(team.id.startswith(DEMO_IDS) for team in await running.store.teams()):
        raise SettingsError(
            "There is a demo neighbourhood in this database, and TELEGRAM_TOKEN is set: residents would write to "
            "people who do not exist. Set DATA_DIR or DATABASE_URL to an empty place."
        )
    if settings.demo and at_home and not settings.public_url:
        neighbourhood = await make_demo(running.store, now, read_demo(ROOT / "responses" / "demo"))
        demo = neighbourhood.workers
    oidc = OidcSettings(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())
    return Desk(
        running.store,
        now,
        content,
        running.cases.work.for_desk,
        running.live,
        files,
        serve_unreviewed=settings.says_unreviewed,
        public_url=settings.public_url,
        bot_name=(lambda: telegram.name_of(bot)) if bot else str,
        demo=demo,
        oidc=oidc if settings.oidc_issuer else None,
    )


async def invite(settings: Settings, name: str, email: str, team: str) -> str:
    """The link for a first coordinator. Raises SettingsError when the address is somebody's already."""
    engine = open_engine(settings.database)
    store = SqlStore(engine, Vault(secret_keys(settings)))
    try:
        await migrate(engine)
        voice = Voice(content_of(), serve_unreviewed=settings.says_unreviewed)
        office = Office(store, now, Live(), voice, lambda: secrets.token_urlsafe(32), settings.public_url)
        return await invite_coordinator(office, name, email, team)
    finally:
        await store.close()


async def serve(settings: Settings, content: Content, dialogue: Dialogue, at: socket.socket) -> None:
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
            await store.ping()
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
