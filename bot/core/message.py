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
class File:
    """Something sent along: the channel that holds it, its id there, what it is, and its size in bytes (0: unknown)."""

    channel: str
    id: str
    kind: Kind
    size: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a resident sent.

    `update_id` is unique per channel: a repeated delivery has the same one.
    `text` is what was typed, a caption, a command's name, or a button's data.
    `edits` is the channel's id of the message that this one replaces, or "".
    `message_id` is the channel's id of this message, or "".
    `reply_to` is the channel's id of the message that this one answers, or "".
    `payload` is what a link to the assistant carried (/start abc), or "".
    `file` is what was sent along, `place` its latitude and longitude in degrees.
    `sender` is in a group the address of who sent it (of their own chat), or ""; it is kept only in a case's topic.
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
    reply_to: str = ""
    payload: str = ""
    file: File | None = None
    place: tuple[float, float] | None = None
    sender: str = ""


class ButtonStyle(StrEnum):
    """How a button is shown: an ordinary choice, a number to call, a page to open, or a place to share."""

    CHOICE = "choice"
    CALL = "call"
    LINK = "link"
    LOCATION = "location"


MAX_BUTTON_DATA: Final = 64  # bytes: Telegram's limit for callback data


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to tap. `data` comes back as the text of an Incoming of kind BUTTON.

    `emoji` is shown before the words where pictures cannot stand on a button; `pictogram` is the
    picture where they can. For a CALL button `data` is the telephone number, for a LINK its https address.
    A LOCATION button has no data: what comes back is an Incoming of kind LOCATION. A channel that cannot ask
    for a place leaves it out. `hint` invites to tap it, in a line, where it stands apart from the question.
    """

    label: str
    data: str
    emoji: str = ""
    pictogram: str = ""
    style: ButtonStyle = ButtonStyle.CHOICE
    hint: str = ""

    def __post_init__(self) -> None:
        if self.style is not ButtonStyle.LINK and len(self.data.encode()) > MAX_BUTTON_DATA:
            raise ValueError(f"button data over {MAX_BUTTON_DATA} bytes: {self.data!r}")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to a resident, already in their language.

    `text` is plain text: channels escape it as they need. Paragraphs are divided by a blank line.
    `pictogram` is an id, or several divided by "+", which are shown as one picture.
    `alt` says in words what the picture shows. `notes` are small lines under the text (source, review).
    `key` names what is said (for logs and tests), never what was asked.
    `case` is the case that a message to a worker is about: a reply to it goes to that resident.
    `file` goes along with the words. `protect`: the channel is asked not to let it be forwarded or saved.
    """

    text: str
    language: str
    key: str = ""
    pictogram: str = ""
    alt: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    notes: tuple[str, ...] = ()
    urgent: bool = False
    case: str = ""
    file: File | None = None
    protect: bool = False
