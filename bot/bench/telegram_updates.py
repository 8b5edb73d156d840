"""Updates as Telegram writes them. A negative chat is a group; the rest is as little as Telegram sends."""

from __future__ import annotations

import time
from typing import Any

Json = dict[str, Any]
BOT: Json = {"id": 1234567, "is_bot": True, "first_name": "Buurtvraag", "username": "BuurtvraagBot"}


def person(number: int = 77, language: str = "nl") -> Json:
    """Someone who uses Telegram."""
    return {"id": number, "is_bot": False, "first_name": "Noor", "language_code": language}


def place(chat: int) -> Json:
    """A private chat, or a group when its number is negative."""
    return {"id": chat, "type": "supergroup" if chat < 0 else "private", "title": "Buurt"}


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


def reply(chat: int, words: str, **fields: Any) -> Json:
    """An answer to something that the bot said."""
    said = {"message_id": 5, "date": 1, "chat": place(chat), "from": BOT, "text": "…"}
    return text(chat, words, reply_to_message=said, **fields)


def edited(chat: int, **fields: Any) -> Json:
    """A message that was changed."""
    return {"edited_message": content(chat, edit_date=int(time.time()) + 60, **fields)}


def callback(chat: int, data: str, *, shown: str = "yes", language: str = "nl") -> Json:
    """A tapped button. `shown`: "yes", "deleted" (too old to be read) or "no" (Telegram does not say)."""
    sender = person(chat if chat > 0 else 77, language)
    query: Json = {"id": f"q{data}", "from": sender, "chat_instance": "1", "data": data}
    if shown == "yes":
        query["message"] = {"message_id": 5, "date": 1, "chat": place(chat), "from": BOT, "text": "…"}
    if shown == "deleted":
        query["message"] = {"message_id": 5, "date": 0, "chat": place(chat)}
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


def _file(**more: Any) -> Json:
    return {"file_id": "f", "file_unique_id": "u", **more}


_SIZE = {"width": 10, "height": 10}
_POINT = {"longitude": 5.8, "latitude": 53.2}
_NO = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")
_POLL = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "type": "regular"}
MEDIA: dict[str, Json] = {
    "voice": {"voice": _file(duration=3)},
    "audio": {"audio": _file(duration=3)},
    "video_note": {"video_note": _file(length=10, duration=3)},
    "photo": {"photo": [_file(**_SIZE)]},
    "video": {"video": _file(**_SIZE, duration=3)},
    "animation": {"animation": _file(**_SIZE, duration=3), "document": _file()},
    "sticker": {"sticker": _file(**_SIZE, type="regular", is_animated=False, is_video=False, emoji="🙂")},
    "document": {"document": _file(file_name="brief.pdf")},
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
