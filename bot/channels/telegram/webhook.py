"""Updates brought by Telegram: whether it is really Telegram, and what it brings."""

from __future__ import annotations

import hmac
import json
from typing import Final

from telegram import Bot, Update

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def verify(secret: str, header: str | None) -> bool:
    """Whether the header holds our secret; compared in constant time. An empty secret fits nothing."""
    return bool(secret) and hmac.compare_digest(secret.encode(), (header or "").encode("utf-8", "replace"))


def read_update(bot: Bot, body: bytes) -> Update:
    """The update in a request's body. Raises ValueError for what is none; its message holds no text."""
    try:
        raw = json.loads(body)
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            raise ValueError("no update_id")  # noqa: TRY301, TRY004 - one error for all that is no update
        return Update.de_json(raw, bot)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError, RecursionError) as error:
        raise ValueError(f"The body is no Telegram update ({type(error).__name__}).") from None
