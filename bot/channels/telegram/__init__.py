"""The Telegram channel: the only home of python-telegram-bot."""

from bot.channels.telegram.channel import Pictures, TelegramChannel
from bot.channels.telegram.intake import Intake, Receive
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.start import TELEGRAM_API, Commands, connect, greet, greet_in_time
from bot.channels.telegram.updates import to_incoming
from bot.channels.telegram.webhook import SECRET_HEADER, read_update, verify

__all__ = [
    "SECRET_HEADER",
    "TELEGRAM_API",
    "Commands",
    "Intake",
    "Pictures",
    "Polling",
    "Receive",
    "TelegramChannel",
    "connect",
    "greet",
    "greet_in_time",
    "read_update",
    "to_incoming",
    "verify",
]
