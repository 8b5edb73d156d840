"""Updates fetched from Telegram, for a machine that the internet cannot reach."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, NoReturn

from telegram import Bot, Update
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram.backoff import Backoff
from bot.channels.telegram.errors import seconds, translate
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.updates import ALLOWED
from bot.core.errors import SettingsError, StoreError

_log = logging.getLogger(__name__)
_HOLD_SECONDS: Final = 50  # how long Telegram may keep a question open while there is nothing new
_MOST_TRIES: Final = 10


class Polling:
    """The loop. An update is confirmed to Telegram only when it has been stored."""

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        hold_seconds: int = _HOLD_SECONDS,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._sleep = sleep
        self._hold_seconds = hold_seconds
        self._backoff = Backoff()
        self._offset: int | None = None
        self._failed: tuple[int, int] = (0, 0)  # an update's id, and how often storing it failed

    async def run(self) -> NoReturn:
        """Runs until it is cancelled. Raises SettingsError for a token that Telegram does not know."""
        try:
            while True:
                await self._step()
        finally:
            await self._intake.close()

    async def _step(self) -> None:
        try:
            await self._fetch_and_store()
        except TelegramError as error:
            await self._sleep(self._wait_after(error))
        except Exception as error:  # noqa: BLE001 - the border: whatever happened, the next update must be seen
            wait = self._backoff.next()
            _log.error("updates not stored (%s), again in %.0f s", type(error).__name__, wait)
            await self._sleep(wait)
        else:
            self._backoff.reset()

    async def _fetch_and_store(self) -> None:
        updates = await self._bot.get_updates(offset=self._offset, timeout=self._hold_seconds, allowed_updates=ALLOWED)
        # Confirming one confirms all that are lower: so in the order of their ids.
        for update in sorted(updates, key=lambda update: update.update_id):
            await self._store(update)
            self._offset = update.update_id + 1
        if not updates:
            # All is confirmed; after a quiet week Telegram begins at a random id, which may be lower.
            self._offset = None

    async def _store(self, update: Update) -> None:
        try:
            await self._intake(update)
        except StoreError:
            raise  # the database is away: it comes again until it is back
        except Exception:
            before = self._failed[1] if self._failed[0] == update.update_id else 0
            self._failed = (update.update_id, before + 1)
            if before + 1 < _MOST_TRIES:
                raise
            _log.error("update %d set aside after %d tries: others wait", update.update_id, _MOST_TRIES)

    def _wait_after(self, error: TelegramError) -> float:
        ours = translate(error)
        if isinstance(ours, SettingsError):
            raise ours from None
        wait = seconds(error) if isinstance(error, RetryAfter) else self._backoff.next()
        if isinstance(error, Conflict):
            _log.error(
                "Another program fetches the updates of this bot, or a webhook is set for it. Stop the other "
                "one, or give this one a token of its own. Again in %.0f s",
                wait,
            )
        else:
            _log.warning("no updates from Telegram (%s), again in %.0f s", type(error).__name__, wait)
        return wait
