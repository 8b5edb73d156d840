"""The newsroom for a command: the database as it is served, without channel or model."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot import log
from bot.core.served import Served
from bot.gateways.content_files import load_content
from bot.gateways.words import Words
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.refresh import Refresh
from bot.settings import ROOT, read_settings, secret_keys
from bot.store.opened import opened


@asynccontextmanager
async def open_newsroom() -> AsyncIterator[tuple[Newsroom, Refresh]]:
    """What editors work with, and what serves it; the database is closed at the end."""
    settings = read_settings()
    log.configure("ERROR")
    base = load_content(ROOT / "responses")
    async with opened(settings.database, secret_keys(settings)) as store:
        newsroom = Newsroom(store, _now, Served(base), base, Words(), secrets.token_urlsafe, settings.four_eyes)
        refresh = Refresh(newsroom)
        await refresh()
        yield newsroom, refresh


def _now() -> datetime:
    return datetime.now(UTC)
