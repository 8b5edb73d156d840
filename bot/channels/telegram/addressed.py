"""What in a message is meant for the assistant: commands, and in a group its name or a reply to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from telegram import Message, MessageEntity

from bot.core.message import Kind

COMMANDS: Final = frozenset({"help", "language", "menu", "person", "mydata", "forget", "about", "stop", "case"})
# Of workers: "/duty off". Two words at most, so that a cry for help behind a slash stays a text.
WITH_WORDS: Final = frozenset({"cases", "duty", "away", "unlink"})
LINK: Final = "link"  # a coordinator's, in the group of their team: "/link <code>"
_WORDS: Final = re.compile(r"(?:\S{1,20}(?:[ ]+\S{1,20})?)?")
_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z]\w*)(?:@(?P<bot>\w+))?(?P<rest>\s.*)?", re.DOTALL)
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")  # what a t.me link may carry


def read_command(text: str, bot_username: str) -> tuple[Kind, str, str]:
    """The kind, the text and the payload of something typed: START, COMMAND with its name, or TEXT as typed.

    A command with words behind it stays text, so that danger in those words is seen; but for WITH_WORDS.
    """
    found = _COMMAND.fullmatch(text.strip())
    if found is None or (found["bot"] and not _same(found["bot"], bot_username)):
        return Kind.TEXT, text, ""
    name, rest = found["name"].lower(), (found["rest"] or "").strip()
    if name == "start" and _PAYLOAD.fullmatch(rest):
        return Kind.START, "", rest
    if (name in COMMANDS and not rest) or (name in {*WITH_WORDS, LINK} and _WORDS.fullmatch(rest)):
        return Kind.COMMAND, " ".join([name, *rest.split()]), ""
    return Kind.TEXT, text, ""


def replied_to(message: Message) -> Message | None:
    """The message that this one answers. In a topic Telegram gives every message the topic's first: that is none."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def addressed_text(message: Message, bot_id: int, bot_username: str) -> str | None:
    """What a group message says to the assistant, without its name; None when it is not meant for it."""
    text = message.text or message.caption or ""
    command = _COMMAND.fullmatch(text.strip())
    if command and command["bot"]:
        return text if _same(command["bot"], bot_username) else None
    if command and command["name"].lower() == LINK:  # a group that is not ours yet: the name may be left out
        return text
    mentions = [entity for entity, name in _mentions(message).items() if _is_ours(entity, name, bot_id, bot_username)]
    if mentions:
        return _without(text, mentions)
    answered = replied_to(message)
    author = answered.from_user if answered else None
    return text if author and author.id == bot_id else None


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
