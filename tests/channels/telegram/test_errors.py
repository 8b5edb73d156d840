"""Every error of the library has a meaning here."""

from __future__ import annotations

import inspect

import pytest
import telegram.error
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

from bot.channels.telegram import errors
from bot.channels.telegram.errors import delivery_error, is_bad_link, translate
from bot.core.errors import DeliveryLater, DeliveryRefused, RecipientGone, SettingsError

CASES = {
    RetryAfter(17): DeliveryLater,
    Forbidden("Forbidden: bot was blocked by the user"): RecipientGone,
    BadRequest("Bad Request: chat not found"): RecipientGone,
    BadRequest("Bad Request: PEER_ID_INVALID"): RecipientGone,
    BadRequest("Bad Request: user is deactivated"): RecipientGone,
    BadRequest("Bad Request: message is too long"): DeliveryRefused,
    ChatMigrated(-1002): RecipientGone,
    TimedOut(): DeliveryLater,
    NetworkError("Bad Gateway"): DeliveryLater,
    Conflict("Conflict"): DeliveryLater,
    InvalidToken(): SettingsError,
    EndPointNotFound("Not Found"): SettingsError,
    PassportDecryptionError("x"): DeliveryRefused,
    TelegramError("Invalid server response"): DeliveryLater,
}


@pytest.mark.parametrize("error", CASES, ids=repr)
def test_each_error_becomes_ours(error: TelegramError):
    assert type(translate(error)) is CASES[error]


def test_no_error_class_of_the_library_is_unmapped():
    theirs = {
        kind for _, kind in inspect.getmembers(telegram.error, inspect.isclass) if issubclass(kind, TelegramError)
    }
    assert theirs == set(errors._OURS)


def test_telegrams_wait_is_kept():
    ours = translate(RetryAfter(17))
    assert isinstance(ours, DeliveryLater)
    assert ours.after == 17


def test_a_refused_token_says_what_to_do():
    assert "@BotFather" in str(translate(InvalidToken()))


def test_a_token_refused_on_the_way_loses_no_message():
    assert isinstance(delivery_error(InvalidToken()), DeliveryLater)


@pytest.mark.parametrize(
    "told", ["Bad Request: BUTTON_URL_INVALID", "inline keyboard button URL 'x' is invalid: Wrong HTTP URL"]
)
def test_a_bad_button_address_is_recognised(told: str):
    assert is_bad_link(BadRequest(told))


def test_what_telegram_quotes_is_not_passed_on():
    for error in (
        BadRequest("can't parse 'ik ben bang'"),
        NetworkError("ik ben bang"),
        TelegramError("ik ben bang"),
    ):
        assert "bang" not in str(translate(error))
