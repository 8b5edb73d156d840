"""Updates as Telegram writes them. A negative chat is a group; the rest is as little as Telegram sends."""

from __future__ import annotations

import time
from typing import Any

Json = dict[str, Any]
BOT: Json = {"id": 1234567, "is_bot": True, "first_name": "Buurtvraag", "username": "BuurtvraagBot"}


def person(number: int = 77, language: str = "nl") -> Json:
    """Someone who uses Telegram."""
    return {"id": number, "is_bot": False, "first_name": "Noor", "language_code": language}


def place(chat: int, *, forum: bool = False) -> Json:
    """A private chat, or a group when its number is negative; with topics when it is a forum."""
    told: Json = {"id": chat, "type": "supergroup" if chat < 0 else "private", "title": "Buurt"}
    return told | ({"is_forum": True} if forum else {})


def content(chat: int, *, language: str = "nl", number: int = 1, **fields: Any) -> Json:
    """A message of any kind: `fields` are its own, such as voice={...}."""
    sender = person(chat if chat > 0 else 77, language)
    return {"message_id": number, "date": int(time.time()), "chat": place(chat), "from": sender, **fields}


def message(chat: int, **fields: Any) -> Json:
    """An update with a message."""
    return {"message": content(chat, **fields)}


def text(chat: int, words: str, **fields: Any) -> Json:
    """Something typed; commands are marked as Telegram marks them."""
    if words.startswith("/"):
        command = {"type": "bot_command", "offset": 0, "length": len(words.split(maxsplit=1)[0])}
        fields.setdefault("entities", [command])
    return message(chat, text=words, **fields)


def mention(chat: int, words: str, name: str = "@BuurtvraagBot", **fields: Any) -> Json:
    """Something typed in which a name is marked; offsets are counted in UTF-16 units."""
    before = words[: words.index(name)]
    mark = {"type": "mention", "offset": len(before.encode("utf-16-le")) // 2, "length": len(name)}
    return message(chat, text=words, entities=[mark], **fields)


def said(chat: int, number: int = 5) -> Json:
    """A message of the bot, as an answer to it quotes it: `reply_to_message=said(chat, number)`."""
    return {"message_id": number, "date": 1, "chat": place(chat), "from": BOT, "text": "…"}


def reply(chat: int, words: str, *, to: int = 5, **fields: Any) -> Json:
    """An answer to something that the bot said, by the number of that message."""
    return text(chat, words, reply_to_message=said(chat, to), **fields)


def in_topic(chat: int, thread: int, words: str, *, to: int = 0, **fields: Any) -> Json:
    """Something typed in a topic of a forum. Telegram makes what answers nothing an answer to the topic's first."""
    first = {**said(chat, thread), "forum_topic_created": {"name": "#ABC", "icon_color": 0}}
    del first["text"]
    update = text(chat, words, reply_to_message=said(chat, to) if to else first, **fields)
    update["message"] |= {"chat": place(chat, forum=True), "message_thread_id": thread, "is_topic_message": True}
    return update


def tap_in_topic(chat: int, thread: int, data: str, *, on: int, by: int) -> Json:
    """A button tapped in a topic of a forum, by a person with this number."""
    update = callback(chat, data, on=on)
    topic = {"chat": place(chat, forum=True), "message_thread_id": thread, "is_topic_message": True}
    update["callback_query"] |= {"from": person(by), "message": update["callback_query"]["message"] | topic}
    return update


def edited(chat: int, **fields: Any) -> Json:
    """A message that was changed."""
    return {"edited_message": content(chat, edit_date=int(time.time()) + 60, **fields)}


def callback(chat: int, data: str, *, shown: str = "yes", language: str = "nl", on: int = 5) -> Json:
    """A tapped button on the message `on`. `shown`: "yes", "deleted" (too old to be read) or "no" (not told)."""
    sender = person(chat if chat > 0 else 77, language)
    query: Json = {"id": f"q{data}", "from": sender, "chat_instance": "1", "data": data}
    if shown == "yes":
        query["message"] = said(chat, on)
    if shown == "deleted":
        query["message"] = {"message_id": on, "date": 0, "chat": place(chat)}
    return {"callback_query": query}


def membership(chat: int, before: str, after: str) -> Json:
    """The bot was blocked ("member", "kicked") or let in again."""
    states: list[Json] = [{"user": BOT, "status": status} for status in (before, after)]
    for state in states:
        if state["status"] == "kicked":
            state["until_date"] = 0
    return {
        "my_chat_member": {
            "chat": place(chat),
            "from": person(77),
            "date": 1,
            "old_chat_member": states[0],
            "new_chat_member": states[1],
        }
    }


def file(name: str, **more: Any) -> Json:
    """A file as a message tells of it."""
    return {"file_id": name, "file_unique_id": name, **more}


_SIZE = {"width": 10, "height": 10}
_POINT = {"longitude": 5.8, "latitude": 53.2}
_NO = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")
_POLL = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "type": "regular"}
MEDIA: dict[str, Json] = {
    "voice": {"voice": file("a-voice", duration=3, file_size=900)},
    "audio": {"audio": file("an-audio", duration=3, file_name="lied.mp3")},
    "video_note": {"video_note": file("a-note", length=10, duration=3)},
    "photo": {"photo": [file("a-thumb", width=10, height=8), file("a-photo", width=1280, height=960, file_size=5000)]},
    "video": {"video": file("a-video", **_SIZE, duration=3)},
    "animation": {"animation": file("a-gif", **_SIZE, duration=3), "document": file("a-gif")},
    "sticker": {"sticker": file("a-sticker", **_SIZE, type="regular", is_animated=False, is_video=False, emoji="🙂")},
    "document": {"document": file("a-document", file_name="brief.pdf")},
    "location": {"location": _POINT},
    "live_location": {"location": {**_POINT, "live_period": 900}},
    "venue": {"location": _POINT, "venue": {"location": _POINT, "title": "Buurthuis", "address": "Plein 1"}},
    "contact": {"contact": {"phone_number": "0612345678", "first_name": "Noor"}},
    "poll": {"poll": {**_POLL, **dict.fromkeys(_NO, False)}},
    "dice": {"dice": {"value": 3, "emoji": "🎲"}},
    "story": {"story": {"id": 1, "chat": {"id": 77, "type": "private"}}},
    "unheard_of": {"hologram": {"file_id": "h"}},
}


def media(chat: int, name: str, **fields: Any) -> Json:
    """A message of a kind in MEDIA: voice, photo, sticker, location, contact, poll and so on."""
    return message(chat, **MEDIA[name], **fields)
