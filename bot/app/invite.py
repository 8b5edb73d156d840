"""People of the staff, invited from the command line."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from bot.app.now import now
from bot.app.texts import content_of
from bot.core.answer import Voice
from bot.core.revision import Field
from bot.core.served import Served
from bot.services import invite
from bot.services.cases.office import Office
from bot.services.live import Live
from bot.settings import Settings, secret_keys
from bot.store.opened import opened


async def invite_coordinator(settings: Settings, name: str, email: str, team: str) -> str:
    """The link for a first coordinator. Raises SettingsError when the address is somebody's already."""
    async with _office(settings) as office:
        return await invite.invite_coordinator(office, name, email, team)


async def invite_editor(
    settings: Settings, name: str, email: str, fields: Collection[Field], languages: Collection[str]
) -> str:
    """The link for an editor, or with fields of knowledge a reviewer. Raises SettingsError as above."""
    async with _office(settings) as office:
        return await invite.invite_editor(office, name, email, fields, languages)


async def editor_left(settings: Settings, email: str) -> str:
    """Closes an editor's account; returns their name. Raises SettingsError when no editor has this address."""
    async with _office(settings) as office:
        return await invite.editor_left(office, email)


@asynccontextmanager
async def _office(settings: Settings) -> AsyncIterator[Office]:
    async with opened(settings.database, secret_keys(settings)) as store:
        voice = Voice(Served(content_of()), serve_unreviewed=settings.says_unreviewed)
        yield Office(store, now, Live(), voice, lambda: secrets.token_urlsafe(32), settings.public_url)
