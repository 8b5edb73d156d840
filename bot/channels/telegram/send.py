"""One part of a message handed to Telegram: words, a pictogram, or a file."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from telegram import Bot, LinkPreviewOptions, Message
from telegram.error import BadRequest

from bot.channels.telegram.address import NAME, Address
from bot.channels.telegram.errors import is_bad_link, is_refused_file, translate
from bot.channels.telegram.keyboard import Keyboard
from bot.channels.telegram.parts import Part
from bot.core.errors import RecipientGone
from bot.core.message import File, Kind
from bot.services.files import Files

_log = logging.getLogger(__name__)
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)  # a preview would also use up a link that works once
# How a file of a kind may have come: the usual way first. Telegram changes no file into one of another sort.
_SORTS: Final = {
    Kind.VOICE: ("voice", "audio", "document"),
    Kind.PHOTO: ("photo", "document"),
    Kind.VIDEO: ("video", "video_note", "animation", "document"),
}
_SPOKEN: Final = (".ogg", ".oga", ".opus", ".mp3", ".m4a")  # what Telegram plays as a voice message
_NOT_SENT: Final = "📎 ✗"


class Pictures(Protocol):
    """Where pictograms come from."""

    def png(self, ids: str) -> bytes | None:
        """The picture of a pictogram ("a"), or of several as one ("a+b+c"); None when it is missing."""
        ...


@dataclass(frozen=True, slots=True)
class To:
    """Where a part goes, and how."""

    address: Address
    keyboard: Keyboard | None = None
    protect: bool = False

    @property
    def words(self) -> dict[str, Any]:
        """As the library's methods take it."""
        return {
            "chat_id": self.address.chat,
            "message_thread_id": self.address.thread,
            "reply_markup": self.keyboard,
            "protect_content": self.protect or None,
        }


class Send:
    """Call it with a part; it returns what was sent. Raises TelegramError when nothing was."""

    def __init__(self, bot: Bot, pictures: Pictures, files: Files | None) -> None:
        self._bot = bot
        self._pictures = pictures
        self._files = files
        self._file_ids: dict[str, str] = {}  # pictograms that Telegram has already

    async def __call__(self, to: To, part: Part) -> Message | None:
        """What was sent. A picture or file that Telegram does not take never stops the words with it."""
        if part.file is not None:
            sent = await self._file(to, part.text, part.file)
            part = replace(part, text=f"{_NOT_SENT} {part.file.name}".strip() + f"\n\n{part.text}".rstrip())
        else:
            sent = await self._pictogram(to, part) if part.picture else None
        if sent is not None or not part.text:
            return sent
        return await self._bot.send_message(text=part.text, link_preview_options=_NO_PREVIEW, **to.words)

    async def _pictogram(self, to: To, part: Part) -> Message | None:
        """The picture with its caption; None when the words must go without it."""
        picture = self._file_ids.get(part.picture) or self._pictures.png(part.picture)
        if not picture:
            _log.warning("pictogram %s is missing", part.picture)
            return None
        try:
            message = await self._bot.send_photo(photo=picture, caption=part.text or None, **to.words)
        except BadRequest as error:
            if _is_about_the_message(error):
                raise
            _log.warning("Telegram refuses pictogram %s", part.picture)
            self._file_ids.pop(part.picture, None)
            return None
        if message.photo:
            self._file_ids[part.picture] = message.photo[-1].file_id
        return message

    async def _file(self, to: To, caption: str, file: File) -> Message | None:
        """The file with its caption, in the first way that Telegram takes; None when it takes it in none."""
        data = await self._data(file)
        for sort in _sorts(file, data) if data else ():
            told = {name: words for name, words in (("caption", caption), ("filename", file.name)) if words}
            try:
                sent: Message = await getattr(self._bot, f"send_{sort}")(**{sort: data}, **told, **to.words)
            except BadRequest as error:
                uploaded = isinstance(data, bytes)  # then Telegram judges what is in it, and a document may do
                if _is_about_the_message(error) or not (uploaded or is_refused_file(error)):
                    raise
            else:
                return sent
        _log.warning("a file of kind %s from %s cannot be sent", file.kind, file.channel)
        return None

    async def _data(self, file: File) -> str | bytes | None:
        """The file as Telegram takes it: its own id, or what is in it."""
        if file.channel == NAME:
            return file.id
        return await self._files.open(file) if self._files else None


def _sorts(file: File, data: str | bytes | None) -> tuple[str, ...]:
    if isinstance(data, bytes) and file.kind is Kind.VOICE and not file.name.lower().endswith(_SPOKEN):
        return ("document",)
    return _SORTS.get(file.kind, ("document",))


def _is_about_the_message(error: BadRequest) -> bool:
    """Refused for the chat or a button, not for the picture or file."""
    return is_bad_link(error) or isinstance(translate(error), RecipientGone)
