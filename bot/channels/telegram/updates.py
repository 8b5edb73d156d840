"""Telegram's updates as Incoming: nothing else of Telegram comes further than this."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram import Chat as TelegramChat
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram.address import NAME, Address
from bot.channels.telegram.addressed import LINK, addressed_text, read_command, replied_to
from bot.channels.telegram.attached import file_of, kind_of, place_of
from bot.core.message import Chat, Incoming, Kind

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
_GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


def to_incoming(update: Update, bot_id: int, bot_username: str, now: datetime | None = None) -> Incoming | None:
    """What a resident sent, or None for what is not meant for the assistant.

    `now` is the time of a tap, which Telegram does not tell; by default it is read from the clock.
    """
    if update.callback_query is not None:
        return _tapped(update, update.callback_query, now or datetime.now(UTC))
    if update.my_chat_member is not None:
        return _membership(update, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.CHANNEL or _is_from_a_bot(message):
        return None
    return _sent(update, message, bot_id, bot_username)


def _tapped(update: Update, query: CallbackQuery, now: datetime) -> Incoming | None:
    if query.data is None:
        return None
    # Without its message Telegram does not name the chat: then it is the private one with this person.
    chat = query.message.chat if query.message else TelegramChat(query.from_user.id, ChatType.PRIVATE)
    return Incoming(
        chat=_chat(chat, query.message if isinstance(query.message, Message) else None),
        update_id=str(update.update_id),
        kind=Kind.BUTTON,
        at=now,
        text=_sound(query.data),
        message_id=str(query.message.message_id) if query.message else "",
        language_hint=query.from_user.language_code or "",
        in_group=chat.type in _GROUPS,
        sender=str(query.from_user.id) if chat.type in _GROUPS else "",
    )


def _membership(update: Update, change: ChatMemberUpdated) -> Incoming | None:
    before, after = change.old_chat_member.status, change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE or ChatMemberStatus.BANNED not in {before, after} or before == after:
        return None
    return Incoming(
        chat=_chat(change.chat),
        update_id=str(update.update_id),
        kind=Kind.BLOCKED if after == ChatMemberStatus.BANNED else Kind.UNBLOCKED,
        at=change.date,
        language_hint=change.from_user.language_code or "",
    )


def _sent(update: Update, message: Message, bot_id: int, bot_username: str) -> Incoming | None:
    in_group = message.chat.type in _GROUPS
    text = addressed_text(message, bot_id, bot_username) if in_group else message.text or message.caption or ""
    if text is None:
        return None
    edited = update.edited_message is not None
    kind, payload = kind_of(message), ""
    if kind is Kind.TEXT and not edited:
        kind, text, payload = read_command(text, bot_username)
    # A live location is "edited" at every step: only an edit of words is something new.
    if kind is None or (edited and not text):
        return None
    answered = replied_to(message)
    of_the_group = in_group and kind is Kind.COMMAND and text.split()[0] == LINK  # and not of one topic in it
    return Incoming(
        chat=_chat(message.chat, None if of_the_group else message),
        update_id=str(update.update_id),
        kind=kind,
        at=(message.edit_date if edited else None) or message.date,
        text=_sound(text),
        message_id=str(message.message_id),
        edits=str(message.message_id) if edited else "",
        language_hint=(message.from_user and message.from_user.language_code) or "",
        in_group=in_group,
        reply_to=str(answered.message_id) if answered else "",
        payload=payload,
        file=file_of(message),
        place=place_of(message),
        sender=_sender(message) if in_group else "",
    )


def _is_from_a_bot(message: Message) -> bool:
    """Another bot; not someone who writes in the name of their group, who looks like one."""
    return bool(message.from_user and message.from_user.is_bot and not message.sender_chat)


def _sender(message: Message) -> str:
    """Whose own chat has this number, on Telegram the person's; "" for who writes in the name of the group."""
    return str(message.from_user.id) if message.from_user and not message.sender_chat else ""


def _chat(chat: TelegramChat, message: Message | None = None) -> Chat:
    """The chat, and in a forum the topic in which this message stands."""
    in_topic = chat.is_forum and message is not None and message.is_topic_message
    thread = message.message_thread_id if message is not None and in_topic else None
    return Chat(NAME, str(Address(str(chat.id), thread)))


def _sound(text: str) -> str:
    """The text with halves of characters replaced: no database takes them."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
