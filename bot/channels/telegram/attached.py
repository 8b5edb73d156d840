"""What came along with a message: a file, or a place on the map."""

from __future__ import annotations

from typing import Final

from telegram import Message

from bot.channels.telegram.address import NAME
from bot.core.message import File, Kind

# A film without sound also has a document, a venue also a location: the first that is there counts.
_KINDS: Final = {
    "voice": Kind.VOICE,
    "audio": Kind.VOICE,
    "video_note": Kind.VIDEO,
    "live_photo": Kind.PHOTO,
    "photo": Kind.PHOTO,
    "animation": Kind.VIDEO,
    "video": Kind.VIDEO,
    "sticker": Kind.STICKER,
    "document": Kind.DOCUMENT,
    "venue": Kind.LOCATION,
    "location": Kind.LOCATION,
    "contact": Kind.CONTACT,
    "poll": Kind.POLL,
    "dice": Kind.OTHER,
    "game": Kind.OTHER,
    "story": Kind.OTHER,
    "checklist": Kind.OTHER,
    "invoice": Kind.OTHER,
    "paid_media": Kind.OTHER,
    "giveaway": Kind.OTHER,
    "gift": Kind.OTHER,
}
_PASSED_ON: Final = frozenset({"voice", "audio", "video_note", "photo", "animation", "video", "document"})


def kind_of(message: Message) -> Kind | None:
    """The kind of a message; None for one that Telegram itself wrote, such as "the title was changed"."""
    if message.text is not None:
        return Kind.TEXT
    if name := _what(message):
        return _KINDS[name]
    # Fields that the library does not know: a kind of message that is newer than it is.
    return Kind.OTHER if message.api_kwargs else None


def file_of(message: Message) -> File | None:
    """The file of a message that can be passed on, a photo in its largest size; None for a sticker or no file."""
    name = _what(message)
    if name == "live_photo":
        name = "photo" if message.photo else ""
    if name not in _PASSED_ON:
        return None
    sent = getattr(message, name)
    if name == "photo":
        sent = max(sent, key=lambda size: size.width * size.height)
    return File(NAME, sent.file_id, _KINDS[name], sent.file_size or 0, getattr(sent, "file_name", None) or "")


def place_of(message: Message) -> tuple[float, float] | None:
    """Latitude and longitude in degrees of a shared place."""
    point = message.location or (message.venue.location if message.venue else None)
    return (point.latitude, point.longitude) if point else None


def _what(message: Message) -> str:
    return next((name for name in _KINDS if getattr(message, name, None)), "")
