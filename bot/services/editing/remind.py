"""On Monday morning editors and reviewers hear on Telegram what waits for them; the desk shows it always."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.message import Button, ButtonStyle, Outgoing
from bot.core.overview import Mark, overview_of
from bot.core.staff_words import StaffWords
from bot.core.team import Worker
from bot.services.editing.editor_rights import may_edit
from bot.services.editing.newsroom import Newsroom

ZONE: Final = ZoneInfo("Europe/Amsterdam")
MONDAY: Final = 0
HOUR: Final = 8  # until 9: the job must run at least once within it
PURPOSE: Final = "reminded"
_TOLD: Final = (Mark.REVIEW_DUE, Mark.STALE, Mark.WITHDRAWN, Mark.IN_REVIEW)


class Remind:
    """Call it at least twice an hour; `nudge` is told whose outbox has something new."""

    def __init__(self, newsroom: Newsroom, nudge: Callable[[str], None]) -> None:
        self._newsroom, self._nudge = newsroom, nudge

    async def __call__(self) -> int:
        """How many were told: nobody outside the hour, when nothing waits, or twice in a week."""
        local = self._newsroom.clock().astimezone(ZONE)
        if local.weekday() != MONDAY or local.hour != HOUR:
            return 0
        counts = await self._counts(local)
        if not any(counts.values()):
            return 0
        workers = [one for one in await self._newsroom.store.workers() if may_edit(one) and one.chat]
        return sum([await self._tell(worker, counts, f"{worker.id} {local:%G-%V}") for worker in workers])

    async def _counts(self, local: datetime) -> Mapping[Mark, int]:
        store = self._newsroom.store
        drafts, readings = await store.drafts(), await store.readings()
        counts = overview_of(self._newsroom.served.content, drafts, readings, local.date()).counts
        return {mark: counts[mark] for mark in _TOLD}

    async def _tell(self, worker: Worker, counts: Mapping[Mark, int], week: str) -> int:
        now = self._newsroom.clock()
        async with self._newsroom.store.unit() as unit:
            # A secret that opens nothing: it only remembers, for every process, that this week was told.
            told = await unit.use_token(week, PURPOSE, now)
            ends_at = now + timedelta(days=8)
            if told is None:
                await unit.post(worker.chat, [self._message(worker, counts)], now)
            await unit.give_token(week, PURPOSE, worker.id, ends_at)
        if told is None:
            self._nudge(worker.chat)
        return int(told is None)

    def _message(self, worker: Worker, counts: Mapping[Mark, int]) -> Outgoing:
        words = StaffWords(self._newsroom.served.content)
        numbers = {f"{mark}": str(count) for mark, count in counts.items()}
        text = words("content_waits", worker.language, **numbers)
        page, label = f"{self._newsroom.public_url}/desk/content", words("open_desk", worker.language)
        link = ((Button(label, page, style=ButtonStyle.LINK),),) if self._newsroom.public_url else ()
        return Outgoing(text, words.language(worker.language), "staff_content_waits", buttons=link)
