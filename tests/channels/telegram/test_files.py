"""Files, links, topics and messages taken back, on a real bot of the library against the stand-in."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.bench import telegram_faults as faults
from bot.bench import telegram_updates as make
from bot.bench.telegram_rules import Key
from bot.bench.telegram_stand_in import TelegramStandIn
from bot.channels.telegram import TelegramChannel
from bot.core.errors import DeliveryLater, DeliveryRefused, RecipientGone
from bot.core.message import Button, ButtonStyle, Chat, File, Kind, Outgoing

from .conftest import Pictures

NOOR, TEAM = Chat("telegram", "42"), Chat("telegram", "-100")
MENU = Button("Menu", "m")


def say(text: str = "Kijk eens.", **more: object) -> Outgoing:
    return Outgoing(text, "nl", **more)  # type: ignore[arg-type]


def sent_by(kind: Kind, file_id: str, name: str = "") -> File:
    return File("telegram", file_id, kind, 0, name)


class WebFiles:
    """The files that residents sent in their browser; "gone" is not among them."""

    async def keep(self, data: bytes, kind: Kind, name: str) -> File:
        raise AssertionError("the channel keeps nothing")

    async def open(self, file: File) -> bytes | None:
        return None if file.id == "gone" else b"what is in it"

    async def wipe(self, file: File) -> None:
        raise AssertionError("the channel wipes nothing")


@pytest.fixture
def channel(bot: Bot, pictures: Pictures) -> TelegramChannel:
    return TelegramChannel(bot, pictures, "https://buurt.example", WebFiles())


async def test_the_ids_of_all_that_was_sent_come_back_also_of_an_earlier_try(
    channel: TelegramChannel, server: TelegramStandIn
):
    long = say("\n\n".join(letter * 4000 for letter in "abc"), pictogram="jab")
    server.plan(faults.broken(), chat=42, method="sendMessage")
    with pytest.raises(DeliveryLater):
        await channel.deliver(NOOR, 1, long)
    server.heal()
    ids = await channel.deliver(NOOR, 1, long)
    assert ids == [str(shown.number) for shown in server.screen(42)]
    assert len(ids) == 4


@pytest.mark.parametrize("name", ["voice", "audio", "photo", "video", "video_note", "animation", "document"])
async def test_what_one_person_sent_reaches_another_as_the_same_sort(
    channel: TelegramChannel, server: TelegramStandIn, name: str
):
    update = make.media(43, name)
    await server.push(update)
    file = next(one for one in [update["message"][name]] for one in (one if isinstance(one, list) else [one]))
    kind = {"voice": Kind.VOICE, "audio": Kind.VOICE, "photo": Kind.PHOTO, "document": Kind.DOCUMENT}.get(
        name, Kind.VIDEO
    )
    ids = await channel.deliver(NOOR, 1, say(file=sent_by(kind, file["file_id"]), buttons=((MENU,),)))
    shown = server.screen(42)
    assert [one.sort for one in shown if one.sort] == [name]
    assert " ".join(one.text for one in shown if one.text) == "Kijk eens."
    assert shown[-1].keys == ((Key("Menu", "m"),),)
    assert ids == [str(one.number) for one in shown]


@pytest.mark.parametrize(
    ("file", "sort"),
    [
        (File("web", "a", Kind.PHOTO, 9, "foto.jpg"), "photo"),
        (File("web", "a", Kind.VOICE, 9, "opname.ogg"), "voice"),
        (File("web", "a", Kind.VOICE, 9, "opname.webm"), "document"),
        (File("web", "a", Kind.VIDEO, 9, "film.mp4"), "video"),
        (File("web", "a", Kind.OTHER, 9), "document"),
    ],
)
async def test_a_file_from_the_browser_is_uploaded(
    channel: TelegramChannel, server: TelegramStandIn, file: File, sort: str
):
    await channel.deliver(NOOR, 1, say(file=file))
    assert [one.sort for one in server.screen(42) if one.sort] == [sort]
    assert b"what is in it" in [data for call in server.sent(42) for data in call.files.values()]


async def test_a_photo_that_telegram_cannot_read_goes_as_a_document(channel: TelegramChannel, server: TelegramStandIn):
    server.plan(faults.refused("Bad Request: PHOTO_INVALID_DIMENSIONS"), method="sendPhoto")
    await channel.deliver(NOOR, 1, say(file=File("web", "a", Kind.PHOTO, 9, "foto.heic")))
    assert [(one.sort, one.text) for one in server.screen(42)] == [("document", "Kijk eens.")]


@pytest.mark.parametrize(
    "file", [sent_by(Kind.PHOTO, "unknown", "foto.jpg"), File("web", "gone", Kind.PHOTO, 1, "foto.jpg")]
)
async def test_a_file_that_is_gone_is_named_and_the_words_arrive(
    channel: TelegramChannel, server: TelegramStandIn, file: File
):
    await channel.deliver(NOOR, 1, say(file=file))
    assert [one.text for one in server.screen(42)] == ["📎 ✗ foto.jpg\n\nKijk eens."]


async def test_who_blocked_the_assistant_is_gone_also_for_a_file(channel: TelegramChannel, server: TelegramStandIn):
    server.plan(faults.blocked(), chat=42)
    with pytest.raises(RecipientGone):
        await channel.deliver(NOOR, 1, say(file=sent_by(Kind.PHOTO, "a-photo")))


async def test_a_protected_message_can_be_passed_on_in_none_of_its_parts(
    channel: TelegramChannel, server: TelegramStandIn
):
    await channel.deliver(NOOR, 1, say("lang " * 500, pictogram="jab", protect=True))
    await channel.deliver(NOOR, 2, say())
    assert [one.protected for one in server.screen(42)] == [True, True, False]


async def test_a_link_button_opens_its_page(channel: TelegramChannel, server: TelegramStandIn):
    link = Button("Open de zaak", "https://buurt.example/desk/in/abc", style=ButtonStyle.LINK)
    await channel.deliver(NOOR, 1, say(buttons=((link,),)))
    (shown,) = server.screen(42)
    assert (shown.text, shown.keys) == ("Kijk eens.", ((Key("Open de zaak", url=link.data),),))


async def test_a_link_that_is_not_https_stands_in_the_text(channel: TelegramChannel, server: TelegramStandIn):
    link = Button("Open de zaak", "http://localhost:8000/desk", style=ButtonStyle.LINK)
    await channel.deliver(NOOR, 1, say(buttons=((link, MENU),)))
    (shown,) = server.screen(42)
    assert shown.text == "Kijk eens.\n\nOpen de zaak: http://localhost:8000/desk"
    assert shown.keys == ((Key("Menu", "m"),),)


async def test_a_link_that_telegram_refuses_stands_in_the_text_and_others_stay_buttons(
    channel: TelegramChannel, server: TelegramStandIn
):
    for address in ("https://localhost/a", "https://buurt.example/b"):
        await channel.deliver(NOOR, 1, say(buttons=((Button("Open", address, style=ButtonStyle.LINK),),)))
    first, second = server.screen(42)
    assert (first.text, first.keys) == ("Kijk eens.\n\nOpen: https://localhost/a", ())
    assert second.keys == ((Key("Open", url="https://buurt.example/b"),),)


async def test_a_message_is_taken_back(channel: TelegramChannel, server: TelegramStandIn):
    (first,) = await channel.deliver(NOOR, 1, say("een"))
    await channel.deliver(NOOR, 2, say("twee"))
    await channel.delete(NOOR, first)
    assert [one.text for one in server.screen(42)] == ["twee"]


async def test_a_message_that_is_gone_or_too_old_counts_as_taken_back(
    channel: TelegramChannel, server: TelegramStandIn
):
    await channel.delete(NOOR, "999")
    server.plan(faults.too_old())
    await channel.delete(NOOR, "1")


@pytest.mark.parametrize(("fault", "error"), [(faults.broken(), DeliveryLater), (faults.blocked(), RecipientGone)])
async def test_a_message_that_cannot_be_taken_back_now_is_told(
    channel: TelegramChannel, server: TelegramStandIn, fault: faults.Fault, error: type[Exception]
):
    server.plan(fault)
    with pytest.raises(error):
        await channel.delete(NOOR, "1")


async def test_a_file_is_fetched_as_it_is(channel: TelegramChannel, server: TelegramStandIn):
    server.put_file("spoken", "voice", b"OggS\x00\xff")
    assert await channel.fetch(sent_by(Kind.VOICE, "spoken")) == b"OggS\x00\xff"


async def test_a_file_that_telegram_has_no_more_is_none(channel: TelegramChannel, server: TelegramStandIn):
    assert await channel.fetch(sent_by(Kind.VOICE, "unknown")) is None
    assert await channel.fetch(File("web", "a", Kind.VOICE)) is None


@pytest.mark.parametrize("told", [60_000_000, 0], ids=["told by the message", "told by Telegram"])
async def test_a_file_over_20_mb_is_refused_in_a_sentence(channel: TelegramChannel, server: TelegramStandIn, told: int):
    await server.push(make.message(42, document=make.file("big", file_size=60_000_000)))
    with pytest.raises(DeliveryRefused, match="over 20 MB"):
        await channel.fetch(File("telegram", "big", Kind.DOCUMENT, told))


async def test_a_file_that_cannot_be_had_now_comes_later(channel: TelegramChannel, server: TelegramStandIn):
    server.plan(faults.broken(), method="getFile")
    with pytest.raises(DeliveryLater):
        await channel.fetch(sent_by(Kind.VOICE, "spoken"))


async def test_a_case_gets_a_topic_of_its_own_in_the_teams_group(channel: TelegramChannel, server: TelegramStandIn):
    server.make_forum(-100)
    address = await channel.open_thread(TEAM, "#ABC123 " + "x" * 200)
    await channel.deliver(Chat("telegram", address), 1, say("een nieuwe zaak", pictogram="jab"))
    await channel.deliver(TEAM, 2, say("voor allen"))
    thread = int(address.partition("/")[2])
    assert [one.text for one in server.screen(-100, thread)] == ["een nieuwe zaak"]
    assert [one.text for one in server.screen(-100, 0)] == ["voor allen"]
    assert server.topics[-100, thread].startswith("#ABC123")
    await channel.show_typing(Chat("telegram", address))
    assert (await server.seen("sendChatAction"))[0].thread == thread


async def test_a_group_without_topics_says_so_and_a_deleted_topic_is_gone(
    channel: TelegramChannel, server: TelegramStandIn
):
    with pytest.raises(DeliveryRefused, match="not a forum"):
        await channel.open_thread(TEAM, "#ABC123")
    with pytest.raises(RecipientGone):
        await channel.deliver(Chat("telegram", "-100/999"), 1, say())


async def test_a_forum_that_moved_is_followed_with_its_topics(channel: TelegramChannel, server: TelegramStandIn):
    server.make_forum(-1007)
    server.plan(faults.moved(-1007), chat=-100)
    assert (await channel.open_thread(TEAM, "#ABC123")).startswith("-1007/")
