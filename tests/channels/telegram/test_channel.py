"""What a resident sees on Telegram, and what the sender is told when it goes wrong."""

from __future__ import annotations

import logging

import pytest
from telegram import Bot

from bot.bench import telegram_faults as faults
from bot.bench.telegram_rules import Key
from bot.bench.telegram_stand_in import TelegramStandIn
from bot.channels.telegram import TelegramChannel, connect
from bot.core.errors import DeliveryLater, DeliveryRefused, RecipientGone
from bot.core.message import Button, ButtonStyle, Chat, Outgoing
from bot.core.split import units

from .conftest import PNG, Pictures

NOOR, SAMI, GROUP = Chat("telegram", "42"), Chat("telegram", "43"), Chat("telegram", "-7")
MENU = Button("Menu", "m", emoji="☰")
CALL = Button("Bel 112", "112", emoji="📞", style=ButtonStyle.CALL)


def say(text: str = "De griepprik is gratis.", **more: object) -> Outgoing:
    return Outgoing(text, "nl", **more)  # type: ignore[arg-type]


async def test_an_answer_is_its_text_a_blank_line_and_its_notes(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, say(notes=("Bron: RIVM", "Nog niet nagekeken")))
    (call,) = server.sent(42)
    assert call.text == "De griepprik is gratis.\n\nBron: RIVM\nNog niet nagekeken"


@pytest.mark.parametrize(
    "text", ["<b>vet</b> & <script>", "*ster* _streep_ `code` [link](http://x.nl)", "a\u202eb\u200fc"]
)
async def test_signs_of_html_and_markdown_arrive_as_they_are(
    channel: TelegramChannel, server: TelegramStandIn, text: str
):
    await channel.deliver(NOOR, 1, say(text))
    (call,) = server.sent()
    assert call.text == text
    assert "parse_mode" not in call.fields


async def test_a_short_answer_stands_under_its_picture(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, say(pictogram="jab", buttons=((MENU,),)))
    (call,) = server.sent()
    assert (call.method, call.text, call.keys) == (
        "sendPhoto",
        "De griepprik is gratis.",
        ((Key("☰ Menu", "m"),),),
    )
    assert PNG in call.files.values()


async def test_a_text_too_long_for_a_caption_follows_the_picture(channel: TelegramChannel, server: TelegramStandIn):
    text = "🙂" * 513  # 1,026 units
    await channel.deliver(NOOR, 1, say(text, pictogram="jab", buttons=((MENU,),)))
    picture, words = server.sent()
    assert (picture.method, picture.text, picture.keys) == ("sendPhoto", "", ())
    assert (words.method, words.text, words.keys) == ("sendMessage", text, ((Key("☰ Menu", "m"),),))


async def test_a_caption_of_exactly_1024_units_still_fits(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, say("🙂" * 512, pictogram="jab"))
    assert len(server.sent()) == 1


@pytest.mark.parametrize("sign", ["a", "🙂", "ش"])
async def test_a_long_text_comes_whole_in_pieces_with_the_buttons_last(
    channel: TelegramChannel, server: TelegramStandIn, sign: str
):
    paragraphs = [sign * 1500 for _ in range(6)]
    await channel.deliver(NOOR, 1, say("\n\n".join(paragraphs), buttons=((MENU,),)))
    calls = server.sent()
    assert "\n\n".join(call.text for call in calls) == "\n\n".join(paragraphs)
    assert all(units(call.text) <= 4096 for call in calls)
    assert [bool(call.keys) for call in calls] == [False] * (len(calls) - 1) + [True]


async def test_several_pictograms_are_asked_for_as_one_picture(
    channel: TelegramChannel, server: TelegramStandIn, pictures: Pictures
):
    await channel.deliver(NOOR, 1, say(pictogram="a+b+c"))
    assert pictures.asked == ["a+b+c"]


async def test_a_picture_is_uploaded_once(channel: TelegramChannel, server: TelegramStandIn, pictures: Pictures):
    for number, chat in enumerate((NOOR, SAMI, NOOR)):
        await channel.deliver(chat, number, say(pictogram="jab"))
    assert pictures.asked == ["jab"]
    assert [bool(call.files) for call in server.sent()] == [True, False, False]


async def test_a_missing_picture_never_stops_the_text(channel: TelegramChannel, server: TelegramStandIn):
    await channel.deliver(NOOR, 1, say(pictogram="missing", buttons=((MENU,),)))
    await channel.deliver(NOOR, 2, say("lang " * 500, pictogram="missing"))
    short, long = server.sent()
    assert (short.method, short.text, bool(short.keys)) == ("sendMessage", "De griepprik is gratis.", True)
    assert long.text.startswith("lang lang")


async def test_a_picture_that_telegram_refuses_or_forgot_never_stops_the_text(
    channel: TelegramChannel, server: TelegramStandIn
):
    server.plan(faults.refused("Bad Request: IMAGE_PROCESS_FAILED").once(), chat=42, method="sendPhoto")
    await channel.deliver(NOOR, 1, say(pictogram="jab"))
    await channel.deliver(NOOR, 2, say(pictogram="jab"))
    server.forget_files()
    await channel.deliver(NOOR, 3, say(pictogram="jab"))
    await channel.deliver(NOOR, 4, say(pictogram="jab"))
    assert [call.method for call in server.sent()] == ["sendMessage", "sendPhoto", "sendMessage", "sendPhoto"]


async def test_a_call_button_opens_the_page_with_the_number(channel: TelegramChannel, server: TelegramStandIn):
    call = Button("Bel", "058 233 4000", emoji="📞", style=ButtonStyle.CALL)
    await channel.deliver(NOOR, 1, say("Bel ons.", buttons=((call,), (MENU,))))
    (sent,) = server.sent()
    assert sent.keys == (
        (Key("📞 Bel", url="https://buurt.example/call/058%20233%204000"),),
        (Key("☰ Menu", "m"),),
    )
    assert sent.text == "Bel ons."


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("Bel ons.", "112", "Bel ons.\n\n📞 112\n\nBron"),
        ("Bel nu 112!", "112", "Bel nu 112!\n\nBron"),
        ("Kamer 1123", "112", "Kamer 1123\n\n📞 112\n\nBron"),
        ("Bel 0800-0113.", "0800 0113", "Bel 0800-0113.\n\nBron"),
    ],
)
async def test_without_https_the_number_stands_in_the_text_once(
    bot: Bot, server: TelegramStandIn, text: str, number: str, shown: str
):
    channel = TelegramChannel(bot, Pictures(), "http://localhost:8000")
    call = Button("Bel", number, style=ButtonStyle.CALL)
    await channel.deliver(NOOR, 1, say(text, buttons=((call,), (call, MENU)), notes=("Bron",)))
    (sent,) = server.sent()
    assert (sent.text, sent.keys) == (shown, ((Key("☰ Menu", "m"),),))


async def test_a_refused_button_address_costs_the_button_and_not_the_message(bot: Bot, server: TelegramStandIn):
    channel = TelegramChannel(bot, Pictures(), "https://localhost")
    for number in (1, 2):
        await channel.deliver(NOOR, number, say("Hulp is er.", pictogram="jab", buttons=((CALL,), (MENU,))))
    assert [(call.text, call.keys) for call in server.sent()] == [
        ("Hulp is er.\n\n📞 112", ((Key("☰ Menu", "m"),),))
    ] * 2
    assert len([call for call in server.calls if call.status == 400]) == 1


async def test_button_data_of_64_bytes_arrives_and_more_cannot_be_made(
    channel: TelegramChannel, server: TelegramStandIn
):
    await channel.deliver(NOOR, 1, say(buttons=((Button("lang", "t:" + "é" * 31),),)))
    assert server.sent()[0].keys[0][0].data == "t:" + "é" * 31
    with pytest.raises(ValueError, match="64 bytes"):
        Button("te lang", "t:" + "é" * 32)


async def test_flood_control_holds_up_that_chat_alone(channel: TelegramChannel, server: TelegramStandIn):
    server.plan(faults.flood(17), chat=42)
    with pytest.raises(DeliveryLater) as caught:
        await channel.deliver(NOOR, 1, say())
    assert caught.value.after == 17
    await channel.deliver(SAMI, 2, say())
    assert [call.chat for call in server.sent()] == [43]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.blocked(), RecipientGone),
        (faults.no_chat(), RecipientGone),
        (faults.refused(), DeliveryRefused),
        (faults.broken(500), DeliveryLater),
        (faults.broken(502), DeliveryLater),
        (faults.gibberish(), DeliveryLater),
        (faults.wrong_token(), DeliveryLater),
        (faults.silence(), DeliveryLater),
    ],
    ids=["403", "no chat", "400", "500", "502", "no JSON", "401", "no answer"],
)
@pytest.mark.parametrize("pictogram", ["", "jab"])
async def test_each_failure_is_told_to_the_sender(
    channel: TelegramChannel,
    server: TelegramStandIn,
    fault: faults.Fault,
    error: type[Exception],
    pictogram: str,
):
    server.plan(fault, chat=42)
    with pytest.raises(error):
        await channel.deliver(NOOR, 1, say(pictogram=pictogram))
    await channel.deliver(SAMI, 2, say(pictogram=pictogram))
    assert [call.chat for call in server.sent()] == [43]


async def test_no_network_means_later():
    bot = connect("1:x", "http://127.0.0.1:9", connect_seconds=0.5)
    with pytest.raises(DeliveryLater):
        await TelegramChannel(bot, Pictures()).deliver(NOOR, 1, say())
    await TelegramChannel(bot, Pictures()).show_typing(NOOR)


async def test_a_second_try_goes_on_where_the_first_stopped(channel: TelegramChannel, server: TelegramStandIn):
    long = say("\n\n".join(letter * 4000 for letter in "abc"), pictogram="jab")
    server.plan(faults.broken(), chat=42, method="sendMessage")
    with pytest.raises(DeliveryLater):
        await channel.deliver(NOOR, 1, long)
    server.heal()
    await channel.deliver(NOOR, 1, long)
    assert [call.text[:1] for call in server.sent()] == ["", "a", "b", "c"]


async def test_a_group_that_moved_is_followed(channel: TelegramChannel, server: TelegramStandIn):
    server.plan(faults.moved(-1007), chat=-7)
    await channel.deliver(GROUP, 1, say("een"))
    await channel.deliver(GROUP, 2, say("twee"))
    assert [(call.chat, call.text) for call in server.sent()] == [(-1007, "een"), (-1007, "twee")]


async def test_a_message_of_nothing_is_refused_and_not_silently_dropped(channel: TelegramChannel):
    with pytest.raises(DeliveryRefused):
        await channel.deliver(NOOR, 1, say(" \n"))


async def test_typing_is_shown_and_its_failure_is_nobodys_concern(channel: TelegramChannel, server: TelegramStandIn):
    await channel.show_typing(NOOR)
    (call,) = await server.seen("sendChatAction")
    assert (call.chat, call.fields["action"]) == (42, "typing")
    server.plan(faults.blocked())
    await channel.show_typing(NOOR)


async def test_no_text_and_no_token_reach_the_log(
    channel: TelegramChannel, server: TelegramStandIn, bot: Bot, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    for fault in (faults.refused("Bad Request: can't parse geheim"), faults.gibberish(), faults.blocked()):
        server.plan(fault)
        with pytest.raises((DeliveryLater, DeliveryRefused, RecipientGone)) as caught:
            await channel.deliver(NOOR, 1, say("geheim", pictogram="jab"))
        assert "geheim" not in str(caught.value)
    assert "geheim" not in caplog.text
    assert bot.token not in caplog.text
