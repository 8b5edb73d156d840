"""Telegram as a way to reach residents."""

from __future__ import annotations

import logging
from typing import Final, Protocol

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.channels.telegram.errors import delivery_error, is_bad_link, translate
from bot.channels.telegram.parts import Part, call_link, label, parts
from bot.channels.telegram.updates import NAME
from bot.core.errors import DeliveryLater, DeliveryRefused, RecipientGone
from bot.core.message import Button, ButtonStyle, Chat, Outgoing

_log = logging.getLogger(__name__)
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_TYPING_SECONDS: Final = 3.0


class Pictures(Protocol):
    """Where pictograms come from."""

    def png(self, ids: str) -> bytes | None:
        """The picture of a pictogram ("a"), or of several as one ("a+b+c"); None when it is missing."""
        ...


class TelegramChannel:
    """Delivers to Telegram chats.

    `public_url` is where residents reach our pages; unless it is https there are no call buttons.
    """

    name = NAME

    def __init__(self, bot: Bot, pictures: Pictures, public_url: str = "") -> None:
        self._bot = bot
        self._pictures = pictures
        self._public_url = public_url if public_url.startswith("https://") else ""
        self._file_ids: dict[str, str] = {}  # pictures that Telegram has already
        self._moved: dict[str, str] = {}  # groups that got another address
        self._sent: dict[int, int] = {}  # how many parts of a delivery that stopped halfway have arrived

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> None:
        """Hands one message over; a second try goes on where the first stopped.

        Raises DeliveryLater, RecipientGone or DeliveryRefused.
        """
        public_url = self._public_url
        try:
            try:
                await self._send_all(chat, delivery_id, outgoing, public_url)
            except BadRequest as error:
                if not (public_url and is_bad_link(error)):
                    raise
                _log.warning("Telegram refuses call buttons to PUBLIC_URL: numbers stand in the text from now on")
                self._public_url = ""
                await self._send_all(chat, delivery_id, outgoing, "")
        except TelegramError as error:
            ours = delivery_error(error)
            if not isinstance(ours, DeliveryLater):
                self._sent.pop(delivery_id, None)
            raise ours from None
        self._sent.pop(delivery_id, None)

    async def show_typing(self, chat: Chat) -> None:
        """Shows that an answer is being looked up. Never raises."""
        try:
            await self._bot.send_chat_action(self._address(chat), ChatAction.TYPING, read_timeout=_TYPING_SECONDS)
        except TelegramError as error:
            _log.debug("no typing shown: %s", type(error).__name__)

    async def _send_all(self, chat: Chat, delivery_id: int, outgoing: Outgoing, public_url: str) -> None:
        plan = parts(outgoing, links=bool(public_url))
        if not plan:
            raise DeliveryRefused("The message has neither words nor a picture.")
        for index in range(self._sent.get(delivery_id, 0), len(plan)):
            keyboard = _keyboard(plan[index], public_url)
            try:
                await self._send(self._address(chat), plan[index], keyboard)
            except ChatMigrated as moved:
                self._moved[chat.address] = str(moved.new_chat_id)
                await self._send(self._address(chat), plan[index], keyboard)
            self._sent[delivery_id] = index + 1

    async def _send(self, address: str, part: Part, keyboard: InlineKeyboardMarkup | None) -> None:
        if part.picture and await self._send_picture(address, part, keyboard):
            return
        if part.text:
            await self._bot.send_message(address, part.text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW)

    async def _send_picture(self, address: str, part: Part, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Sends the picture and its caption; False when the words must go without it."""
        picture = self._file_ids.get(part.picture) or self._pictures.png(part.picture)
        if not picture:
            _log.warning("pictogram %s is missing", part.picture)
            return False
        try:
            message = await self._bot.send_photo(address, picture, caption=part.text or None, reply_markup=keyboard)
        except BadRequest as error:
            if is_bad_link(error) or isinstance(translate(error), RecipientGone):
                raise
            _log.warning("Telegram refuses pictogram %s", part.picture)
            self._file_ids.pop(part.picture, None)
            return False
        if message.photo:
            self._file_ids[part.picture] = message.photo[-1].file_id
        return True

    def _address(self, chat: Chat) -> str:
        return self._moved.get(chat.address, chat.address)


def _keyboard(part: Part, public_url: str) -> InlineKeyboardMarkup | None:
    rows = [[_key(button, public_url) for button in row] for row in part.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _key(button: Button, public_url: str) -> InlineKeyboardButton:
    if button.style is ButtonStyle.CALL:
        return InlineKeyboardButton(label(button), url=call_link(public_url, button.data))
    return InlineKeyboardButton(label(button), callback_data=button.data)
