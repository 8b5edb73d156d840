"""Nothing that a resident sends is lost between Telegram and the inbox."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable

import pytest
from telegram import Bot

from bot.bench import telegram_faults as faults
from bot.bench import telegram_updates as make
from bot.bench.telegram_stand_in import TOKEN, TelegramStandIn
from bot.channels.telegram import Intake, Polling, connect, read_update, verify
from bot.core.errors import SettingsError, StoreBusy
from bot.core.message import Kind

from .conftest import Inbox, Naps

Start = Callable[..., asyncio.Task[None]]


async def test_updates_are_stored_and_then_confirmed(server: TelegramStandIn, inbox: Inbox, poll: Start):
    poll()
    await server.push(make.text(42, "een"), make.media(42, "voice"), make.text(43, "twee"))
    await server.all_confirmed()
    assert [(row.kind, row.chat.address) for row in inbox.rows.values()] == [
        (Kind.TEXT, "42"), (Kind.VOICE, "42"), (Kind.TEXT, "43"),
    ]  # fmt: skip


async def test_what_waited_while_the_assistant_was_off_is_fetched(server: TelegramStandIn, inbox: Inbox, poll: Start):
    await server.push(*(make.text(42, str(number)) for number in range(250)))
    poll()
    await server.all_confirmed()
    assert inbox.texts == [str(number) for number in range(250)]


async def test_the_same_update_ten_times_is_one_message(server: TelegramStandIn, inbox: Inbox, poll: Start):
    update = {"update_id": 2000, **make.text(42, "hallo")}
    await server.push(*[update] * 10)
    poll()
    await server.all_confirmed()
    assert inbox.texts == ["hallo"]


async def test_updates_out_of_order_are_stored_in_order_and_none_is_lost(
    server: TelegramStandIn, inbox: Inbox, poll: Start
):
    poll()
    await server.push(*({"update_id": number, **make.text(42, str(number))} for number in (2003, 2001, 2002)))
    await server.all_confirmed()
    assert inbox.texts == ["2001", "2002", "2003"]


async def test_ids_that_begin_again_lower_after_a_quiet_week_are_seen_too(
    server: TelegramStandIn, inbox: Inbox, poll: Start
):
    await server.push({"update_id": 9000, **make.text(42, "vorige week")})
    poll(hold_seconds=0)
    await server.all_confirmed()
    await server.push({"update_id": 50, **make.text(42, "vandaag")})
    await server.all_confirmed()
    assert inbox.texts == ["vorige week", "vandaag"]


async def test_a_crash_while_storing_leaves_the_update_unconfirmed_and_it_comes_again(
    server: TelegramStandIn, inbox: Inbox, naps: Naps, poll: Start
):
    inbox.crashes = 2
    ids = await server.push(make.text(42, "een"), make.text(42, "twee"))
    poll()
    await naps.taken(1)
    assert server.unconfirmed == ids
    await server.all_confirmed()
    assert inbox.texts == ["een", "twee"]
    assert naps.waits == [1, 2]


async def test_a_database_that_is_away_for_long_loses_nothing(
    server: TelegramStandIn, inbox: Inbox, naps: Naps, poll: Start
):
    inbox.crash, inbox.crashes = StoreBusy("locked"), 30
    await server.push(make.text(42, "een"))
    poll()
    await server.all_confirmed()
    assert inbox.texts == ["een"]
    assert max(naps.waits) == 60


async def test_one_update_that_can_never_be_stored_does_not_silence_everybody(
    server: TelegramStandIn, inbox: Inbox, naps: Naps, poll: Start, caplog: pytest.LogCaptureFixture
):
    first, _ = await server.push(make.text(42, "geheim"), make.text(43, "twee"))
    inbox.poison = str(first)
    poll()
    await server.all_confirmed()
    assert inbox.texts == ["twee"]
    assert f"{first} set aside" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize("fault", [faults.broken(), faults.broken(502), faults.gibberish(), faults.other_poller()])
async def test_trouble_on_the_line_is_waited_out_ever_longer(
    server: TelegramStandIn, inbox: Inbox, naps: Naps, poll: Start, fault: faults.Fault
):
    server.plan(fault, method="getUpdates")
    task = poll()
    assert await naps.taken(8) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert not task.done()
    server.heal()
    await server.push(make.text(42, "weer daar"))
    await server.all_confirmed()
    assert inbox.texts == ["weer daar"]


async def test_telegrams_own_wait_is_kept(server: TelegramStandIn, naps: Naps, poll: Start):
    server.plan(faults.flood(23), method="getUpdates")
    poll()
    assert await naps.taken(1) == [23]


async def test_a_second_program_with_the_same_bot_is_named_in_the_log(
    server: TelegramStandIn, naps: Naps, poll: Start, caplog: pytest.LogCaptureFixture
):
    server.plan(faults.other_poller(), method="getUpdates")
    poll()
    await naps.taken(1)
    assert "Another program fetches the updates of this bot" in caplog.text


async def test_a_token_that_is_revoked_ends_the_loop_with_advice(server: TelegramStandIn, poll: Start):
    server.plan(faults.wrong_token(), method="getUpdates")
    with pytest.raises(SettingsError, match="@BotFather"):
        await poll()


async def test_a_tap_is_answered_once_it_is_stored(server: TelegramStandIn, inbox: Inbox, poll: Start):
    await server.push(make.callback(42, "t:flu_jab", shown="deleted"))
    poll()
    (call,) = await server.seen("answerCallbackQuery")
    assert call.fields["callback_query_id"] == "qt:flu_jab"
    assert inbox.texts == ["t:flu_jab"]


@pytest.mark.parametrize("fault", [faults.refused("Bad Request: query is too old"), faults.silence()])
async def test_a_tap_that_cannot_be_answered_holds_up_nothing(
    server: TelegramStandIn, inbox: Inbox, fault: faults.Fault
):
    server.plan(fault, method="answerCallbackQuery")
    await server.push(make.callback(42, "m"), make.text(42, "en nu"))
    async with connect(TOKEN, server.url, read_seconds=60) as patient:
        loop = asyncio.create_task(Polling(patient, Intake(patient, inbox)).run())
        await server.all_confirmed()
        loop.cancel()
        await asyncio.wait([loop])
    assert inbox.texts == ["m", "en nu"]


async def test_only_the_updates_that_are_read_are_asked_for(server: TelegramStandIn, poll: Start):
    await server.push(make.text(42, "een"))
    poll()
    call = (await server.seen("getUpdates"))[0]
    assert set(json.loads(call.fields["allowed_updates"])) == {
        "message", "edited_message", "callback_query", "my_chat_member",
    }  # fmt: skip


async def test_a_crash_shows_no_text_in_the_log(
    server: TelegramStandIn, inbox: Inbox, naps: Naps, poll: Start, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    inbox.crashes = 1
    await server.push(make.text(42, "mijn geheim"))
    poll()
    await server.all_confirmed()
    assert "updates not stored (RuntimeError)" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(
    ("secret", "header", "fits"),
    [
        ("s3cret", "s3cret", True),
        ("s3cret", "S3cret", False),
        ("s3cret", None, False),
        ("", "", False),
        ("s", "é", False),
    ],
)
def test_only_the_secret_itself_opens_the_webhook(secret: str, header: str | None, *, fits: bool):
    assert verify(secret, header) is fits


def test_a_webhooks_body_is_read_as_an_update(bot: Bot):
    body = json.dumps({"update_id": 5, **make.text(42, "hallo")}).encode()
    assert read_update(bot, body).update_id == 5


@pytest.mark.parametrize(
    "body",
    [
        b"", b"geheim", b"[]", b'{"message": {}}', b'{"update_id": "geheim"}', b"\xff\xfe", b"[" * 100_000,
        b'{"update_id": 1, "message": {"text": "geheim"}}', b'{"update_id": 1, "message": 5}',
        b'{"update_id": 1, "message": {"message_id": 1, "date": 1e300, "chat": {"id": 1, "type": ""}}}',
    ],
    ids=range(10),
)  # fmt: skip
def test_a_body_that_is_no_update_is_a_value_error_without_its_text(bot: Bot, body: bytes):
    with pytest.raises(ValueError, match="no Telegram update") as caught:
        read_update(bot, body)
    assert "geheim" not in str(caught.value)
