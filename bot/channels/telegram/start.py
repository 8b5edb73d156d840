"""The first words with Telegram: the connection, the token, where updates go, the commands."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from telegram import Bot, BotCommand
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.backoff import Backoff
from bot.channels.telegram.errors import ASK_BOTFATHER, translate
from bot.channels.telegram.updates import ALLOWED
from bot.core.errors import DeliveryLater, SettingsError

_log = logging.getLogger(__name__)
TELEGRAM_API: Final = "https://api.telegram.org"
_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)
_DEFAULT_LANGUAGE: Final = "en"
_TWO_LETTERS: Final = 2

Commands = Mapping[str, Mapping[str, str]]


def connect(
    token: str,
    api_url: str = TELEGRAM_API,
    *,
    connections: int = 64,
    connect_seconds: float = 5.0,
    read_seconds: float = 10.0,
) -> Bot:
    """A bot that is not connected yet. Raises SettingsError for what can be no token or no address."""
    if not _TOKEN.fullmatch(token.strip()):
        raise SettingsError(ASK_BOTFATHER)
    if not api_url.startswith(("https://", "http://")):
        raise SettingsError("TELEGRAM_API_URL must begin with https:// (or http:// for a server of your own).")
    _keep_quiet()
    root = api_url.rstrip("/")

    def request(size: int) -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=size,
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            write_timeout=read_seconds,
            media_write_timeout=3 * read_seconds,
            pool_timeout=read_seconds,  # a busy minute: better to wait for a connection than to fail
        )

    return Bot(
        token.strip(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request(connections),
        get_updates_request=request(2),
    )


async def greet(bot: Bot, commands: Commands, *, webhook_url: str = "", secret: str = "") -> None:
    """Checks the token, says where updates go (nowhere: they are fetched) and sets the commands.

    `commands` maps languages to commands and their descriptions. Raises SettingsError for a wrong token,
    DeliveryLater when Telegram cannot be reached now; it can be called again.
    """
    try:
        await bot.initialize()
        if webhook_url:
            await _set_webhook(bot, webhook_url, secret)
        else:
            await bot.delete_webhook()
        for language, described in commands.items():
            await _set_commands(bot, language, described)
    except TelegramError as error:
        raise translate(error) from None


def name_of(bot: Bot) -> str:
    """The bot's username without "@"; "" before it was greeted."""
    try:
        return bot.username
    except RuntimeError:
        return ""


async def greet_in_time(
    bot: Bot,
    commands: Commands,
    *,
    webhook_url: str = "",
    secret: str = "",
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """The same, tried until Telegram can be reached. Raises SettingsError for a wrong token."""
    backoff = Backoff()
    while True:
        try:
            return await greet(bot, commands, webhook_url=webhook_url, secret=secret)
        except DeliveryLater as error:
            wait = backoff.next() if error.after is None else error.after
            _log.warning("%s Again in %.0f s", error, wait)
            await sleep(wait)


async def _set_webhook(bot: Bot, url: str, secret: str) -> None:
    try:
        await bot.set_webhook(url, secret_token=secret or None, allowed_updates=ALLOWED)
    except BadRequest:
        raise SettingsError(
            "Telegram refuses the webhook. PUBLIC_URL must be an https address that the internet can reach, "
            "and the secret may hold only letters, digits, - and _."
        ) from None


async def _set_commands(bot: Bot, language: str, described: Mapping[str, str]) -> None:
    """Languages that Telegram does not take are left out: those residents see the default, English."""
    menu = [BotCommand(name, description) for name, description in described.items()]
    codes = ([None] if language == _DEFAULT_LANGUAGE else []) + ([language] if len(language) == _TWO_LETTERS else [])
    for code in codes:
        try:
            await bot.set_my_commands(menu, language_code=code)
        except BadRequest:
            _log.info("Telegram takes no commands in %s", code or "the default language")


def _keep_quiet() -> None:
    """These write addresses with the token in them, and whole updates, to the log."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
