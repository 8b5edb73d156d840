"""What in a message is meant for the assistant: commands, and in a group its name or a reply to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from telegram import Message, MessageEntity

from bot.core.message import Kind

COMMANDS: Final = frozenset({"help", "language", "menu", "person", "mydata", "forget", "about"})
_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z]\w*)(?:@(?P<bot>\w+))?(?P<rest>\s.*)?", re.DOTALL)
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")  # what a t.me link may carry


def read_command(text: str, bot_username: str) -> tuple[Kind, str]:
    """START, or COMMAND with its name, or TEXT as typed.

    A command with words behind it stays text, so that danger in those words is seen.
    """
    found = _COMMAND.fullmatch(text.strip())
    if found is None or (found["bot"] and not _same(found["bot"], bot_username)):
        return Kind.TEXT, text
    name, rest = found["name"].lower(), (found["rest"] or "").strip()
    if name == "start" and _PAYLOAD.fullmatch(rest):
        return Kind.START, ""
    return (Kind.COMMAND, name) if name in COMMANDS and not rest else (Kind.TEXT, text)


def addressed_text(message: Message, bot_id: int, bot_username: str) -> str | None:
    """What a group message says to the assistant, without its name; None when it is not meant for it."""
    text = message.text or message.caption or ""
    command = _COMMAND.fullmatch(text.strip())
    if command and command["bot"]:
        return text if _same(command["bot"], bot_username) else None
    mentions = [entity for entity, name in _mentions(message).items() if _is_ours(entity, name, bot_id, bot_username)]
    if mentions:
        return _without(text, mentions)
    replied_to = message.reply_to_message.from_user if message.reply_to_message else None
    return text if replied_to and replied_to.id == bot_id else None


def _mentions(message: Message) -> dict[MessageEntity, str]:
    types: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    if message.text:
        return message.parse_entities(types)
    return message.parse_caption_entities(types) if message.caption else {}


def _is_ours(entity: MessageEntity, name: str, bot_id: int, bot_username: str) -> bool:
    if entity.user is not None:
        return entity.user.id == bot_id
    return _same(name.removeprefix("@"), bot_username)


def _without(text: str, entities: Iterable[MessageEntity]) -> str:
    """The text less these parts, whose places are counted in UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: -entity.offset):
        raw = raw[: entity.offset * 2] + raw[(entity.offset + entity.length) * 2 :]
    return re.sub(" {2,}", " ", raw.decode("utf-16-le", "replace")).strip(" ,:\n")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
