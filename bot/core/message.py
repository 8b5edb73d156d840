"""What comes in from a resident and what goes out, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What sort of thing the resident sent."""

    TEXT = "text"
    BUTTON = "button"
    START = "start"
    COMMAND = "command"
    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    STICKER = "sticker"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    OTHER = "other"
    BLOCKED = "blocked"  # the resident stopped the assistant on that channel
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a conversation is held: the channel's name and its own address for the chat."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a resident sent.

    `update_id` is unique per channel: a repeated delivery has the same one.
    `text` is what was typed, a caption, a command's name, or a button's data.
    `edits` is the channel's id of the message that this one replaces, or "".
    `message_id` is the channel's id of this message, or "".
    """

    chat: Chat
    update_id: str
    kind: Kind
    at: datetime
    text: str = ""
    message_id: str = ""
    edits: str = ""
    language_hint: str = ""
    in_group: bool = False


class ButtonStyle(StrEnum):
    """How a button is shown: an ordinary choice, or a telephone number to call."""

    CHOICE = "choice"
    CALL = "call"


MAX_BUTTON_DATA: Final = 64  # bytes: Telegram's limit for callback data


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to tap. `data` comes back as the text of an Incoming of kind BUTTON.

    `emoji` is shown before the words where pictures cannot stand on a button; `pictogram` is the
    picture where they can. For a CALL button `data` is the telephone number.
    """

    label: str
    data: str
    emoji: str = ""
    pictogram: str = ""
    style: ButtonStyle = ButtonStyle.CHOICE

    def __post_init__(self) -> None:
        if len(self.data.encode()) > MAX_BUTTON_DATA:
            raise ValueError(f"button data over {MAX_BUTTON_DATA} bytes: {self.data!r}")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to a resident, already in their language.

    `text` is plain text: channels escape it as they need. Paragraphs are divided by a blank line.
    `pictogram` is an id, or several divided by "+", which are shown as one picture.
    `alt` says in words what the picture shows. `notes` are small lines under the text (source, review).
    `key` names what is said (for logs and tests), never what was asked.
    """

    text: str
    language: str
    key: str = ""
    pictogram: str = ""
    alt: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    notes: tuple[str, ...] = ()
    urgent: bool = False
