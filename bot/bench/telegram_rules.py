"""What Telegram refuses: the rules of the Bot API that a message must keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.core.split import units

_TEXT_UNITS: Final = 4096
_CAPTION_UNITS: Final = 1024
_DATA_BYTES: Final = 64
_NO_COMMANDS_IN: Final = frozenset({"fy"})  # Telegram has no interface in Frisian


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a message, as Telegram got it."""

    label: str
    data: str = ""
    url: str = ""


def keyboard(fields: Mapping[str, str]) -> tuple[tuple[Key, ...], ...]:
    """The buttons of a request."""
    rows = json.loads(fields.get("reply_markup") or "{}").get("inline_keyboard", [])
    return tuple(tuple(Key(k["text"], k.get("callback_data", ""), k.get("url", "")) for k in row) for row in rows)


def objection(method: str, fields: Mapping[str, str]) -> str:
    """Why Telegram refuses a request; "" when it does not."""
    if method == "sendMessage" and not fields.get("text", "").strip():
        return "Bad Request: message text is empty"
    if units(fields.get("text", "")) > _TEXT_UNITS:
        return "Bad Request: message is too long"
    if units(fields.get("caption", "")) > _CAPTION_UNITS:
        return "Bad Request: message caption is too long"
    if method == "setMyCommands" and fields.get("language_code") in _NO_COMMANDS_IN:
        return "Bad Request: invalid language code specified"
    if _asks_for_a_place(fields) and fields.get("chat_id", "").startswith("-"):
        return "Bad Request: location can be requested in private chats only"
    return next(filter(None, (_about_key(key) for row in keyboard(fields) for key in row)), "")


def _asks_for_a_place(fields: Mapping[str, str]) -> bool:
    rows = json.loads(fields.get("reply_markup") or "{}").get("keyboard", [])
    return any(key.get("request_location") for row in rows for key in row)


def _about_key(key: Key) -> str:
    if len(key.data.encode()) > _DATA_BYTES:
        return "Bad Request: BUTTON_DATA_INVALID"
    host = urlsplit(key.url).hostname or ""
    if key.url and "." not in host:
        return f"Bad Request: inline keyboard button URL '{key.url}' is invalid: Wrong HTTP URL"
    return ""
