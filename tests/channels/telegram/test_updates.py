"""What of Telegram's updates becomes a message to the assistant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Bot, Update

from bot.bench import telegram_updates as make
from bot.channels.telegram import to_incoming
from bot.core.message import Chat, File, Incoming, Kind

ME, GROUP = 42, -100123
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NO_BOT = Bot("1:x")


def read(update: make.Json, number: int = 7) -> Incoming | None:
    return to_incoming(Update.de_json({"update_id": number, **update}, NO_BOT), 1234567, "BuurtvraagBot", NOW)


def test_a_typed_question_comes_in_with_chat_id_language_and_time():
    got = read(make.text(ME, "is de griepprik gratis", language="tr", number=31))
    assert got is not None
    assert (got.chat, got.update_id, got.kind, got.text) == (
        Chat("telegram", "42"), "7", Kind.TEXT, "is de griepprik gratis",
    )  # fmt: skip
    assert (got.message_id, got.language_hint, got.in_group, got.edits) == ("31", "tr", False, "")
    assert got.at.tzinfo is not None


@pytest.mark.parametrize("words", ["/start", "/start qr-8911_b", "/START", "/start@BuurtvraagBot"])
def test_start_is_start_also_from_a_link(words: str):
    got = read(make.text(ME, words))
    assert got is not None
    assert (got.kind, got.text) == (Kind.START, "")


@pytest.mark.parametrize("name", ["help", "language", "menu", "person", "mydata", "forget", "about"])
def test_every_command_comes_in_by_its_name_also_when_addressed(name: str):
    for words in (f"/{name}", f"/{name}@BuurtvraagBot", f"/{name.upper()} "):
        got = read(make.text(ME, words))
        assert got is not None
        assert (got.kind, got.text) == (Kind.COMMAND, name)


@pytest.mark.parametrize(
    "words",
    [
        "/restart",
        "/intent{...}",
        "/",
        "//help",
        "/help@OtherBot",
        "/help ik wil dood",
        "/start ik wil dood",
        "/é",
    ],
)
def test_anything_else_behind_a_slash_is_text_as_typed(words: str):
    got = read(make.text(ME, words))
    assert got is not None
    assert (got.kind, got.text) == (Kind.TEXT, words)


@pytest.mark.parametrize(
    "words",
    ["<b>vet</b> & *ster* _x_ [a](b)", "\u200b\u200f\x00\u202e", "🙂🙂", "x" * 10_000, "هل اللقاح safe?"],
)
def test_odd_text_comes_in_untouched(words: str):
    got = read(make.text(ME, words))
    assert got is not None
    assert got.text == words


def test_half_a_character_is_replaced_so_that_it_can_be_stored():
    got = read(make.text(ME, "prik \ud83d?"))
    assert got is not None
    assert got.text == "prik \ufffd?"
    got.text.encode()


@pytest.mark.parametrize("shown", ["yes", "deleted", "no"])
def test_a_tap_comes_in_also_when_its_message_is_gone(shown: str):
    got = read(make.callback(ME, "t:flu_jab", shown=shown))
    assert got == Incoming(
        Chat("telegram", "42"), "7", Kind.BUTTON, NOW, "t:flu_jab",
        message_id="" if shown == "no" else "5", language_hint="nl",
    )  # fmt: skip


def test_a_tap_in_a_group_is_for_us():
    got = read(make.callback(GROUP, "m"))
    assert got is not None
    assert got.in_group
    assert got.chat.address == str(GROUP)


def test_button_data_that_no_button_of_ours_carries_comes_in_as_it_is():
    got = read(make.callback(ME, "é" * 500))
    assert got is not None
    assert (got.kind, got.text) == (Kind.BUTTON, "é" * 500)


def test_a_changed_text_names_the_message_that_it_replaces():
    got = read(make.edited(ME, text="is de prik veilig", number=12))
    assert got is not None
    assert (got.kind, got.text, got.edits, got.message_id) == (Kind.TEXT, "is de prik veilig", "12", "12")
    assert got.at > datetime.now(UTC)  # the time of the change, not of the first version


@pytest.mark.parametrize("name", ["live_location", "location", "photo", "poll"])
def test_a_change_without_words_is_ignored(name: str):
    assert read(make.edited(ME, **make.MEDIA[name])) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("voice", Kind.VOICE), ("audio", Kind.VOICE), ("video_note", Kind.VIDEO), ("photo", Kind.PHOTO),
        ("video", Kind.VIDEO), ("animation", Kind.VIDEO), ("sticker", Kind.STICKER),
        ("document", Kind.DOCUMENT),
        ("location", Kind.LOCATION), ("live_location", Kind.LOCATION), ("venue", Kind.LOCATION),
        ("contact", Kind.CONTACT), ("poll", Kind.POLL), ("dice", Kind.OTHER), ("story", Kind.OTHER),
        ("unheard_of", Kind.OTHER),
    ],
)  # fmt: skip
def test_every_kind_of_message_is_told_apart(name: str, kind: Kind):
    got = read(make.media(ME, name))
    assert got is not None
    assert (got.kind, got.text) == (kind, "")


def test_the_words_under_a_photo_come_along():
    got = read(make.media(ME, "photo", caption="wat is deze vlek"))
    assert got is not None
    assert (got.kind, got.text) == (Kind.PHOTO, "wat is deze vlek")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("member", "kicked", Kind.BLOCKED), ("kicked", "member", Kind.UNBLOCKED), ("left", "member", None)],
)
def test_blocking_and_letting_in_again_are_told(before: str, after: str, kind: Kind | None):
    got = read(make.membership(ME, before, after))
    assert (got.kind if got else None) == kind


def test_being_put_out_of_a_group_is_no_block():
    assert read(make.membership(GROUP, "member", "kicked")) is None


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (make.mention(GROUP, "@BuurtvraagBot is de prik gratis"), "is de prik gratis"),
        (make.mention(GROUP, "👩‍👧 vraag @BuurtvraagBot, is het veilig?"), "👩‍👧 vraag , is het veilig?"),
        (make.mention(GROUP, "hoi @buurtvraagbot", "@buurtvraagbot"), "hoi"),
        (make.mention(GROUP, "@BuurtvraagBot"), ""),
        (make.reply(GROUP, "en voor mijn moeder?"), "en voor mijn moeder?"),
        (make.text(GROUP, "/vraag@BuurtvraagBot iets"), "/vraag@BuurtvraagBot iets"),
    ],
)
def test_in_a_group_what_is_addressed_to_us_comes_in_without_our_name(update: make.Json, words: str):
    got = read(update)
    assert got is not None
    assert (got.kind, got.text, got.in_group) == (Kind.TEXT, words, True)


def test_a_name_that_links_to_us_and_one_in_a_caption_count_as_mentions():
    link = {"type": "text_mention", "offset": 0, "length": 4, "user": make.BOT}
    assert read(make.message(GROUP, text="Buur hoi", entities=[link])) is not None
    mark = {"type": "mention", "offset": 0, "length": 14}
    got = read(make.media(GROUP, "photo", caption="@BuurtvraagBot kijk", caption_entities=[mark]))
    assert got is not None
    assert (got.kind, got.text) == (Kind.PHOTO, "kijk")


@pytest.mark.parametrize("words", ["/help@BuurtvraagBot", "/help@buurtvraagbot"])
def test_in_a_group_a_command_with_our_name_is_ours(words: str):
    got = read(make.text(GROUP, words))
    assert got is not None
    assert (got.kind, got.text, got.in_group) == (Kind.COMMAND, "help", True)


@pytest.mark.parametrize(
    "update",
    [
        make.text(GROUP, "wie haalt brood"),
        make.text(GROUP, "/help"),
        make.text(GROUP, "/help@OtherBot"),
        make.reply(GROUP, "/help@OtherBot"),
        make.mention(GROUP, "@OtherBot hoi", "@OtherBot"),
        make.media(GROUP, "photo"),
        make.edited(GROUP, text="wie haalt kaas"),
    ],
)
def test_in_a_group_the_rest_is_none_of_our_business(update: make.Json):
    assert read(update) is None


@pytest.mark.parametrize(
    "update",
    [
        {
            "channel_post": {
                "message_id": 1,
                "date": 1,
                "chat": {"id": -5, "type": "channel"},
                "text": "nieuws",
            }
        },
        {"message": {**make.content(ME, text="hoi"), "from": {**make.BOT, "id": 9}}},
        make.message(ME, pinned_message=make.content(ME, text="hoi")),
        make.message(GROUP, new_chat_members=[make.BOT]),
        {"poll": make.MEDIA["poll"]["poll"]},
        {"something_new": {"id": 1}},
        {},
    ],
)
def test_channels_other_bots_and_telegrams_own_messages_are_left_alone(update: make.Json):
    assert read(update) is None


@pytest.mark.parametrize(
    ("words", "payload"), [("/start", ""), ("/start qr-8911_b", "qr-8911_b"), ("/START ab12", "ab12")]
)
def test_what_a_link_carried_comes_along(words: str, payload: str):
    got = read(make.text(ME, words))
    assert got is not None
    assert (got.kind, got.text, got.payload) == (Kind.START, "", payload)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("/cases", "cases"), ("/duty off", "duty off"), ("/DUTY@BuurtvraagBot  on", "duty on"),
        ("/away 1 december", "away 1 december"), ("/unlink", "unlink"), ("/stop", "stop"), ("/case", "case"),
    ],
)  # fmt: skip
def test_a_command_of_a_worker_brings_its_words(words: str, command: str):
    got = read(make.text(ME, words))
    assert got is not None
    assert (got.kind, got.text) == (Kind.COMMAND, command)


@pytest.mark.parametrize("words", ["/away ik wil dood", "/stop ermee", "/case ik ben bang", "/duty " + "x" * 21])
def test_more_words_than_a_command_takes_are_a_text(words: str):
    got = read(make.text(ME, words))
    assert got is not None
    assert (got.kind, got.text) == (Kind.TEXT, words)


def test_an_answer_names_the_message_that_it_answers():
    got = read(make.reply(ME, "ja", to=31))
    assert got is not None
    assert got.reply_to == "31"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("voice", File("telegram", "a-voice", Kind.VOICE, 900)),
        ("audio", File("telegram", "an-audio", Kind.VOICE, 0, "lied.mp3")),
        ("photo", File("telegram", "a-photo", Kind.PHOTO, 5000)),
        ("video", File("telegram", "a-video", Kind.VIDEO)),
        ("video_note", File("telegram", "a-note", Kind.VIDEO)),
        ("animation", File("telegram", "a-gif", Kind.VIDEO)),
        ("document", File("telegram", "a-document", Kind.DOCUMENT, 0, "brief.pdf")),
        ("sticker", None),
        ("contact", None),
    ],
)
def test_what_can_be_passed_on_comes_as_a_file_and_a_photo_in_its_largest_size(name: str, file: File | None):
    got = read(make.media(ME, name))
    assert got is not None
    assert got.file == file


@pytest.mark.parametrize("name", ["location", "venue", "live_location"])
def test_a_shared_place_comes_as_latitude_and_longitude(name: str):
    got = read(make.media(ME, name))
    assert got is not None
    assert got.place == (53.2, 5.8)


def test_in_a_forum_the_topic_is_part_of_the_address():
    got = read(make.in_topic(GROUP, 88, "hoe gaat het", to=31))
    assert got is not None
    assert (got.chat.address, got.reply_to, got.in_group) == (f"{GROUP}/88", "31", True)
    tap = make.callback(GROUP, "w:claim:1")
    tap["callback_query"]["message"] |= {"chat": make.place(GROUP, forum=True), "message_thread_id": 88}
    tap["callback_query"]["message"]["is_topic_message"] = True
    tapped = read(tap)
    assert tapped is not None
    assert tapped.chat.address == f"{GROUP}/88"


def test_a_thread_of_answers_in_an_ordinary_group_is_no_topic():
    got = read(make.reply(GROUP, "en nu?", message_thread_id=5))
    assert got is not None
    assert got.chat.address == str(GROUP)


def test_colleagues_who_talk_in_a_topic_that_we_opened_do_not_talk_to_us():
    assert read(make.in_topic(GROUP, 88, "zullen we straks bellen?")) is None


@pytest.mark.parametrize("words", ["/link 0a1b", "/link@BuurtvraagBot 0a1b", "@BuurtvraagBot /link 0a1b"])
def test_a_code_for_a_group_is_meant_for_us_with_or_without_our_name(words: str):
    got = read(make.mention(GROUP, words) if words.startswith("@") else make.text(GROUP, words))
    assert got is not None
    assert (got.kind, got.text, got.chat.address) == (Kind.COMMAND, "link 0a1b", str(GROUP))
    assert read(make.text(GROUP, "/link@AnotherBot 0a1b")) is None


def test_a_code_that_is_written_in_a_topic_is_for_the_whole_group():
    got = read(make.in_topic(GROUP, 88, "/link 0a1b"))
    assert got is not None
    assert (got.text, got.chat.address) == ("link 0a1b", str(GROUP))


def test_only_in_a_group_it_is_told_who_wrote_and_never_of_who_writes_in_its_name():
    by = {"from": make.person(601)}
    in_group, private = read(make.reply(GROUP, "dag", **by)), read(make.text(ME, "dag"))
    tapped = read(make.tap_in_topic(GROUP, 88, "w:claim:1", on=5, by=601))
    unnamed = read(make.reply(GROUP, "dag", sender_chat=make.place(GROUP), **by))
    assert [one and one.sender for one in (in_group, private, tapped, unnamed)] == ["601", "", "601", ""]
