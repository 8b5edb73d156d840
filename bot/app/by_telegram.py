"""Telegram beside the web: greeted in time, then updates are fetched, or come to the webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels import telegram
from bot.core.content import Content
from bot.core.message import Incoming
from bot.services.turns.conveyor import Conveyor
from bot.settings import Settings

WEBHOOK = "/telegram"


async def by_telegram(
    settings: Settings, content: Content, bot: telegram.Bot, conveyor: Conveyor, app: Starlette
) -> None:
    """Runs until it is cancelled. Raises SettingsError for a token that Telegram does not know."""

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
