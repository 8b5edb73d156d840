"""Telegram's errors in the words of this project: the one place where they are told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.core.errors import (
    BuurtvraagError,
    DeliveryError,
    DeliveryLater,
    DeliveryRefused,
    RecipientGone,
    SettingsError,
)

ASK_BOTFATHER: Final = (
    "Telegram does not know this TELEGRAM_TOKEN. Ask @BotFather in Telegram for the token of your bot "
    "(/mybots, API Token), put it in TELEGRAM_TOKEN as it is, without quotes or blanks, and start again. "
    "Leave TELEGRAM_TOKEN out to run without Telegram."
)
SERVER_ADVICE: Final = (
    "The server at TELEGRAM_API_URL is no Telegram Bot API server. Correct the address, or leave it out "
    "to use Telegram's own."
)
_GONE: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "deactivated",
    "chat_write_forbidden",
    "bot was kicked",
    "message thread not found",
    "topic_deleted",
)
_PAST_DELETING: Final = ("message to delete not found", "message can't be deleted", "message_id_invalid")
_OTHER_SORT: Final = ("can't use file of type", "type of file mismatch", "voice_messages_forbidden")
_NO_FILE: Final = ("wrong file", "invalid file", "temporarily unavailable", "file not found")
_TOO_BIG: Final = ("file is too big", "file too large", "request entity too large")
_BAD_LINK: Final = ("button_url_invalid", "button url", "wrong http url")
# What Telegram says may quote what was sent: only reasons that stand here are passed on.
_REASONS: Final = (
    "message is too long",
    "caption is too long",
    "message text is empty",
    "not enough rights",
    "no rights to send",
    "button_data_invalid",
    "topic_closed",
    "not a forum",
    "file is too big",
    "can't parse",
    "wrong file identifier",
    "url",
)


def translate(error: TelegramError) -> BuurtvraagError:
    """Our error for one of Telegram's. Its message names no text, address or token."""
    return next(_OURS[kind](error) for kind in type(error).__mro__ if kind in _OURS)


def delivery_error(error: TelegramError) -> DeliveryError:
    """Our error for a message that was not delivered.

    A token that is refused while the assistant runs loses no message: it is tried again.
    """
    ours = translate(error)
    return ours if isinstance(ours, DeliveryError) else DeliveryLater(str(ours))


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def is_bad_link(error: TelegramError) -> bool:
    """Whether the message was refused for the address behind one of its buttons."""
    return _says(error, _BAD_LINK)


def is_past_deleting(error: TelegramError) -> bool:
    """Whether a message is gone already, or older than the 48 hours in which it can be deleted."""
    return _says(error, _PAST_DELETING)


def is_no_file(error: TelegramError) -> bool:
    """Whether Telegram does not have the file (any more)."""
    return _says(error, _NO_FILE)


def is_too_big(error: TelegramError) -> bool:
    """Whether a file is bigger than a bot may send or download."""
    return _says(error, _TOO_BIG)


def is_refused_file(error: TelegramError) -> bool:
    """Whether a message was refused for its file: gone, too big, or of a sort that is sent in another way."""
    return _says(error, _OTHER_SORT + _NO_FILE + _TOO_BIG)


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    return isinstance(error, BadRequest) and any(phrase in error.message.lower() for phrase in phrases)


def _refused(error: BadRequest) -> DeliveryError:
    told = error.message.lower()
    if any(phrase in told for phrase in _GONE):
        return RecipientGone("This chat does not exist any more.")
    reason = next((phrase for phrase in _REASONS if phrase in told), "no known reason")
    return DeliveryRefused(f"Telegram refused the message ({reason}).")


# The most exact class wins. BadRequest and TimedOut are NetworkErrors to the library.
_OURS: Final[Mapping[type, Callable[[Any], BuurtvraagError]]] = {
    RetryAfter: lambda error: DeliveryLater("Telegram asks to wait.", seconds(error)),
    Forbidden: lambda _: RecipientGone("This chat cannot be reached any more."),
    ChatMigrated: lambda _: RecipientGone("This group has another address now."),
    InvalidToken: lambda _: SettingsError(ASK_BOTFATHER),
    EndPointNotFound: lambda _: SettingsError(SERVER_ADVICE),
    BadRequest: _refused,
    PassportDecryptionError: lambda _: DeliveryRefused("Telegram sent a passport, which is not used here."),
    Conflict: lambda _: DeliveryLater("Another program uses the same bot."),
    TimedOut: lambda _: DeliveryLater("Telegram did not answer in time."),
    NetworkError: lambda _: DeliveryLater("Telegram cannot be reached now."),
    TelegramError: lambda _: DeliveryLater("Telegram gave an answer that cannot be read."),
}
