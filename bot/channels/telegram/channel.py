"""Telegram as a way to reach residents, and the workers who linked a chat of theirs."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.channels.telegram.address import NAME, Address, read_address
from bot.channels.telegram.errors import delivery_error, is_bad_link, is_past_deleting
from bot.channels.telegram.fetch import fetch
from bot.channels.telegram.keyboard import keyboard_of
from bot.channels.telegram.parts import Part, parts
from bot.channels.telegram.send import Pictures, Send, To
from bot.core.errors import DeliveryLater, DeliveryRefused
from bot.core.message import ButtonStyle, Chat, File, Outgoing
from bot.services.files import Files

_log = logging.getLogger(__name__)
_TYPING_SECONDS: Final = 3.0
_LONGEST_TOPIC: Final = 128


class TelegramChannel:
    """Delivers to Telegram chats.

    `public_url` is where residents reach our pages; unless it is https there are no call buttons.
    `files` opens what other channels hold; without it their files are named but not sent.
    """

    name = NAME

    def __init__(self, bot: Bot, pictures: Pictures, public_url: str = "", files: Files | None = None) -> None:
        self._bot = bot
        self._send = Send(bot, pictures, files)
        self._public_url = public_url if public_url.startswith("https://") else ""
        self._moved: dict[str, str] = {}  # groups that got another address
        self._sent: dict[int, list[str]] = {}  # per delivery that stopped halfway: an id for each part, or ""
        self._invited: dict[str, set[str]] = {}  # by chat: the messages whose button shares a place

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> Sequence[str]:
        """Hands one message over; a second try goes on where the first stopped. Returns the ids of all its parts.

        Raises DeliveryLater, RecipientGone or DeliveryRefused.
        """
        try:
            await self._deliver(chat, delivery_id, outgoing)
        except TelegramError as error:
            ours = delivery_error(error)
            if not isinstance(ours, DeliveryLater):
                self._sent.pop(delivery_id, None)
            raise ours from None
        return [sent for sent in self._sent.pop(delivery_id, ()) if sent]

    async def show_typing(self, chat: Chat) -> None:
        """Shows that an answer is being looked up. Never raises."""
        to = self._address(chat)
        try:
            await self._bot.send_chat_action(
                to.chat, ChatAction.TYPING, message_thread_id=to.thread, read_timeout=_TYPING_SECONDS
            )
        except TelegramError as error:
            _log.debug("no typing shown: %s", type(error).__name__)

    async def delete(self, chat: Chat, message_id: str) -> None:
        """Takes a message back; one that is gone, or too old for that, counts as taken back.

        Raises DeliveryLater, RecipientGone or DeliveryRefused.
        """
        try:
            await self._bot.delete_message(self._address(chat).chat, int(message_id))
        except TelegramError as error:
            if not is_past_deleting(error):
                raise delivery_error(error) from None

    async def fetch(self, file: File) -> bytes | None:
        """What is in a file that Telegram holds; None when it is gone. Raises DeliveryRefused or DeliveryLater."""
        return await fetch(self._bot, file)

    async def open_thread(self, chat: Chat, name: str) -> str:
        """Opens a topic in a group that is a forum; returns its address.

        Raises DeliveryLater, RecipientGone or DeliveryRefused (the group is no forum, or forbids it).
        """
        try:
            to, topic = await self._following(
                self._address(chat), lambda at: self._bot.create_forum_topic(at.chat, name[:_LONGEST_TOPIC])
            )
        except TelegramError as error:
            raise delivery_error(error) from None
        return str(Address(to.chat, topic.message_thread_id))

    async def _deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> None:
        try:
            await self._send_all(chat, delivery_id, outgoing, links=True)
        except BadRequest as error:
            if not is_bad_link(error):
                raise
            _log.warning("Telegram refuses the address on a button: it stands in the text instead")
            if any(button.style is ButtonStyle.CALL for row in outgoing.buttons for button in row):
                self._public_url = ""  # nor will it take the next one
            await self._send_all(chat, delivery_id, outgoing, links=False)

    async def _send_all(self, chat: Chat, delivery_id: int, outgoing: Outgoing, *, links: bool) -> None:
        address = self._address(chat)
        plan = parts(outgoing, calls=bool(self._public_url), links=links, places=address.is_private)
        if not plan:
            raise DeliveryRefused("The message has neither words nor a picture.")
        arrived = self._sent.setdefault(delivery_id, [])
        for part in plan[len(arrived) :]:
            arrived.append(await self._send_one(self._address(chat), part, protect=outgoing.protect))
        await self._take_back_invitations(address, keep=arrived)

    async def _send_one(self, address: Address, part: Part, *, protect: bool) -> str:
        keyboard = keyboard_of(part, self._public_url, clear=address.chat in self._invited)
        _, message = await self._following(address, lambda at: self._send(To(at, keyboard, protect), part))
        if part.place is not None and message:
            self._invited.setdefault(address.chat, set()).add(str(message.message_id))
        return str(message.message_id) if message else ""

    async def _take_back_invitations(self, address: Address, *, keep: Sequence[str]) -> None:
        """Deletes earlier invitations to share a place, and so their button, which would stay under the next question.

        In a case a place goes to the worker as it is, and the invitation said that only the area is kept.
        """
        standing = self._invited.pop(address.chat, set())
        if kept := standing.intersection(keep):
            self._invited[address.chat] = kept
        for number in standing.difference(keep):
            try:
                await self._bot.delete_message(address.chat, int(number))
            except TelegramError as error:
                _log.debug("an invitation stays: %s", type(error).__name__)

    async def _following(self, address: Address, act: Callable[[Address], Awaitable[Any]]) -> tuple[Address, Any]:
        """Does something at an address, or where the group has moved to; returns where that was."""
        try:
            return address, await act(address)
        except ChatMigrated as moved:
            self._moved[address.chat] = str(moved.new_chat_id)
            address = address.at(str(moved.new_chat_id))
            return address, await act(address)

    def _address(self, chat: Chat) -> Address:
        address = read_address(chat)
        return address.at(self._moved.get(address.chat, address.chat))
