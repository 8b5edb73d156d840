"""The buttons of one message as Telegram takes them: under it, or one in place of the phone's keys."""

from __future__ import annotations

from typing import Final

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.telegram.parts import Part, call_link, label
from bot.core.message import Button, ButtonStyle

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
_LONGEST_PLACEHOLDER: Final = 64  # characters: Telegram's limit


def keyboard_of(part: Part, public_url: str, *, clear: bool) -> Keyboard | None:
    """The buttons of a part; with `clear` a part that has none takes the button for a place away."""
    if part.place is not None:
        return _for_place(part.place)
    rows = [[_key(button, public_url) for button in row] for row in part.rows]
    if rows:
        return InlineKeyboardMarkup(rows)
    return ReplyKeyboardRemove() if clear else None


def _for_place(button: Button) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        [[KeyboardButton(label(button), request_location=True)]],
        resize_keyboard=True,
        one_time_keyboard=True,
        input_field_placeholder=button.hint[:_LONGEST_PLACEHOLDER] or None,
    )


def _key(button: Button, public_url: str) -> InlineKeyboardButton:
    if button.style is ButtonStyle.LINK:
        return InlineKeyboardButton(label(button), url=button.data)
    if button.style is ButtonStyle.CALL:
        return InlineKeyboardButton(label(button), url=call_link(public_url, button.data))
    return InlineKeyboardButton(label(button), callback_data=button.data)
