"""Starting with Telegram: the token, the webhook, the commands."""

from __future__ import annotations

import json
import logging

import pytest
from telegram import Bot

from bot.bench import telegram_faults as faults
from bot.bench.telegram_stand_in import TOKEN, TelegramStandIn
from bot.channels.telegram import connect, greet, greet_in_time
from bot.core.errors import DeliveryLater, SettingsError

from .conftest import Naps

COMMANDS = {
    "nl": {"help": "Hoe deze chat werkt", "menu": "Een onderwerp kiezen"},
    "en": {"help": "How this chat works", "menu": "Choose a topic"},
    "fy": {"help": "Hoe't dizze chat wurket"},
    "zh-hans": {"help": "帮助"},
}


async def test_commands_are_set_for_each_language_that_telegram_takes_and_in_english_for_the_rest(
    bot: Bot, server: TelegramStandIn
):
    await greet(bot, COMMANDS)
    calls = [call for call in server.calls if call.method == "setMyCommands" and call.ok]
    shown = {call.fields.get("language_code"): json.loads(call.fields["commands"]) for call in calls}
    assert set(shown) == {None, "nl", "en"}
    assert shown[None] == shown["en"]
    assert shown["nl"][0] == {"command": "help", "description": "Hoe deze chat werkt"}


async def test_without_a_webhook_an_old_one_is_taken_away_and_nothing_that_waits_is_dropped(
    bot: Bot, server: TelegramStandIn
):
    await greet(bot, {}, webhook_url="https://buurt.example/telegram", secret="s3cret")
    assert server.webhook["url"] == "https://buurt.example/telegram"
    assert server.webhook["secret_token"] == "s3cret"
    await greet(bot, {})
    assert not server.webhook.get("url")
    assert server.webhook.get("drop_pending_updates") != "true"


async def test_a_webhook_that_telegram_refuses_is_explained(bot: Bot, server: TelegramStandIn):
    server.plan(faults.refused("Bad Request: bad webhook: HTTPS url must be provided"), method="setWebhook")
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        await greet(bot, {}, webhook_url="http://buurt.example")


async def test_a_wrong_token_says_what_to_do_and_does_not_show_it(server: TelegramStandIn):
    bot = connect("1234567:wrong", server.url)
    with pytest.raises(SettingsError, match="@BotFather") as caught:
        await greet(bot, COMMANDS)
    assert "wrong" not in str(caught.value)
    await bot.shutdown()


@pytest.mark.parametrize("token", ["", "buurt", "12 34:abc", '"123:abc"', "123:abc\n/../x"])
def test_what_can_be_no_token_is_refused_before_anything_is_sent(token: str):
    with pytest.raises(SettingsError, match="@BotFather"):
        connect(token)


def test_a_server_address_without_http_is_refused():
    with pytest.raises(SettingsError, match="TELEGRAM_API_URL"):
        connect(TOKEN, "api.telegram.org")


async def test_telegram_out_of_reach_is_no_wrong_token(server: TelegramStandIn):
    bot = connect(TOKEN, "http://127.0.0.1:9", connect_seconds=0.5)
    with pytest.raises(DeliveryLater):
        await greet(bot, COMMANDS)
    await bot.shutdown()


async def test_telegram_is_tried_until_it_can_be_reached(server: TelegramStandIn, naps: Naps):
    bot = connect(TOKEN, server.url + "/")
    server.plan(faults.broken(), method="getMe")

    async def nap(seconds: float) -> None:
        await naps(seconds)
        if len(naps.waits) == 2:
            server.plan(faults.flood(9).once(), method="getMe")

    await greet_in_time(bot, COMMANDS, sleep=nap)
    assert naps.waits == [1, 2, 9]
    assert bot.username == "BuurtvraagBot"
    await bot.shutdown()


async def test_the_token_never_reaches_the_log(server: TelegramStandIn, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    bot = connect(TOKEN, server.url)
    await greet(bot, COMMANDS)
    await bot.shutdown()
    assert TOKEN not in caplog.text
