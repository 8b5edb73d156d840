"""The button that shares where the phone is: beside the typing, in private chats, and gone once there is an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram import Bot

from bot.bench import telegram_faults as faults
from bot.bench.telegram_rules import Key
from bot.bench.telegram_stand_in import Call, TelegramStandIn
from bot.channels.telegram import TelegramChannel
from bot.core.errors import DeliveryLater
from bot.core.message import Button, ButtonStyle, Chat, Outgoing

NOOR, GROUP = Chat("telegram", "42"), Chat("telegram", "-7")
HINT = "Typ uw postcode of buurt, of tik op 📍"
HERE = Button("Deel waar ik ben", "", emoji="📍", style=ButtonStyle.LOCATION, hint=HINT)
SKIP = Button("Overslaan", "c:skip")
ASKED = Outgoing("In welke buurt woont u?", "nl", buttons=((HERE,), (SKIP,)))
CARD = Outgoing("Dit stuur ik.", "nl", buttons=((Button("Ja, stuur dit", "c:send"),),))


def markup(call: Call) -> dict[str, Any]:
    return dict(json.loads(call.fields.get("reply_markup") or "{}"))


def texts(server: TelegramStandIn) -> list[str]:
    return [shown.text for shown in server.screen(42)]


async def test_the_question_has_its_buttons_and_a_second_message_brings_the_button_for_a_place(
    channel: TelegramChannel, server: TelegramStandIn
):
    ids = await channel.deliver(NOOR, 1, ASKED)
    question, invitation = server.sent(42)
    assert (question.text, question.keys) == ("In welke buurt woont u?", ((Key("Overslaan", "c:skip"),),))
    assert invitation.text == HINT
    assert markup(invitation) == {
        "keyboard": [[{"text": "📍 Deel waar ik ben", "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": HINT,
    }
    assert len(ids) == 2


async def test_the_invitation_is_protected_with_its_question(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, Outgoing("Waar?", "nl", buttons=((HERE,),), protect=True))
    assert [shown.protected for shown in server.screen(42)] == [True, True]


async def test_a_group_never_sees_it(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(GROUP, 1, ASKED)
    (call,) = server.sent(-7)
    assert call.keys == ((Key("Overslaan", "c:skip"),),)
    assert "📍" not in call.text


async def test_the_next_message_takes_the_invitation_and_its_button_away(
    channel: TelegramChannel, server: TelegramStandIn
):
    await channel.deliver(NOOR, 1, ASKED)
    await channel.deliver(NOOR, 2, CARD)
    assert texts(server) == ["In welke buurt woont u?", "Dit stuur ik."]
    assert server.sent(42)[-1].keys == ((Key("Ja, stuur dit", "c:send"),),)


async def test_a_next_message_without_buttons_says_so_to_telegram_too_and_only_once(
    channel: TelegramChannel, server: TelegramStandIn
):
    await channel.deliver(NOOR, 1, ASKED)
    await channel.deliver(NOOR, 2, Outgoing("Er is niets verstuurd.", "nl"))
    await channel.deliver(NOOR, 3, Outgoing("Dag.", "nl"))
    gone, later = server.sent(42)[-2:]
    assert markup(gone) == {"remove_keyboard": True}
    assert markup(later) == {}
    assert texts(server) == ["In welke buurt woont u?", "Er is niets verstuurd.", "Dag."]


async def test_asked_once_more_there_is_one_invitation(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, ASKED)
    await channel.deliver(NOOR, 2, ASKED)
    assert texts(server) == ["In welke buurt woont u?", "In welke buurt woont u?", HINT]


async def test_another_chats_message_leaves_it(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, ASKED)
    await channel.deliver(Chat("telegram", "43"), 2, CARD)
    assert HINT in texts(server)


async def test_an_invitation_that_cannot_be_taken_back_stops_no_answer(
    channel: TelegramChannel, server: TelegramStandIn
):
    await channel.deliver(NOOR, 1, ASKED)
    server.plan(faults.broken(500), chat=42, method="deleteMessage")
    assert len(await channel.deliver(NOOR, 2, CARD)) == 1


async def test_a_delivery_that_stopped_before_the_invitation_goes_on_with_it(
    bot: Bot, channel: TelegramChannel, server: TelegramStandIn
):
    with_picture = Outgoing("Waar?" + "a" * 1024, "nl", pictogram="jab", buttons=((HERE,), (SKIP,)))
    server.plan(faults.flood(3).once(), chat=42, method="sendMessage")
    with pytest.raises(DeliveryLater):
        await channel.deliver(NOOR, 1, with_picture)
    assert len(await channel.deliver(NOOR, 1, with_picture)) == 3
    assert texts(server) == ["", with_picture.text, HINT]


async def test_without_a_hint_the_invitation_is_the_buttons_own_words(
    channel: TelegramChannel, server: TelegramStandIn
):
    bare = Button("Deel waar ik ben", "", emoji="📍", style=ButtonStyle.LOCATION)
    await channel.deliver(NOOR, 1, Outgoing("Waar?", "nl", buttons=((bare,),)))
    question, invitation = server.sent(42)
    assert markup(question) == {}
    assert invitation.text == "📍 Deel waar ik ben"
    assert "input_field_placeholder" not in markup(invitation)
