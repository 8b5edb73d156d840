"""The room of one's own: password, second factor, Telegram, language, on duty or away."""

from __future__ import annotations

from starlette.routing import Route

from bot.desk.account import keys, mine, telegram
from bot.desk.desk import Desk


def routes(_: Desk) -> list[Route]:
    """For everybody of the staff."""
    post = ["POST"]
    return [
        Route("/account", mine.show),
        Route("/account/language", mine.language, methods=post),
        Route("/account/duty", mine.duty, methods=post),
        Route("/account/away", mine.away, methods=post),
        Route("/account/back", mine.back, methods=post),
        Route("/account/password", keys.ask_password),
        Route("/account/password", keys.new_password, methods=post),
        Route("/account/second-factor", keys.ask_second_factor),
        Route("/account/second-factor", keys.new_second_factor, methods=post),
        Route("/account/telegram", telegram.link, methods=post),
        Route("/account/telegram/unlink", telegram.unlink, methods=post),
    ]
