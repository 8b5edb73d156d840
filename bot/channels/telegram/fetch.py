"""Files that Telegram holds, got from it."""

from __future__ import annotations

from typing import Final

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.address import NAME
from bot.channels.telegram.errors import delivery_error, is_no_file, is_too_big
from bot.core.errors import DeliveryRefused
from bot.core.message import File
from bot.services.files import MAX_FILE

_TOO_BIG: Final = "This file is over 20 MB: Telegram does not let it be fetched. Ask for a smaller one."


async def fetch(bot: Bot, file: File) -> bytes | None:
    """What is in a file; None when Telegram has it no more. Raises DeliveryRefused over MAX_FILE, or DeliveryLater."""
    if file.channel != NAME:
        return None
    if file.size > MAX_FILE:
        raise DeliveryRefused(_TOO_BIG)
    try:
        held = await bot.get_file(file.id)
        if (held.file_size or 0) > MAX_FILE:
            raise DeliveryRefused(_TOO_BIG)
        try:
            return bytes(await held.download_as_bytearray())
        except InvalidToken:  # what the library makes of "404": the file went away in between
            return None
    except TelegramError as error:
        if is_too_big(error):
            raise DeliveryRefused(_TOO_BIG) from None
        if is_no_file(error):
            return None
        raise delivery_error(error) from None
