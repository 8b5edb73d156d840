"""The Telegram channel: the only home of python-telegram-bot."""

from telegram import Bot, Update

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake, Receive
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.send import Pictures
from bot.channels.telegram.start import TELEGRAM_API, Commands, connect, greet, greet_in_time, name_of
from bot.channels.telegram.updates import to_incoming
from bot.channels.telegram.webhook import SECRET_HEADER, read_update, verify

__all__ = [
    "SECRET_HEADER",
    "TELEGRAM_API",
    "Bot",
    "Commands",
    "Intake",
    "Pictures",
    "Polling",
    "Receive",
    "TelegramChannel",
    "Update",
    "connect",
    "greet",
    "greet_in_time",
    "name_of",
    "read_update",
    "to_incoming",
    "verify",
]
