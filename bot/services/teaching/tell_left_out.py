"""Who teaches hears on Telegram that residents miss what was taught: the clock could not mend it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.message import Button, ButtonStyle, Outgoing
from bot.core.staff_words import StaffWords
from bot.core.team import Role, Worker
from bot.services.editing.editor_rights import may_edit
from bot.services.editing.newsroom import Newsroom
from bot.services.teaching.left_out import LeftOut

ZONE: Final = ZoneInfo("Europe/Amsterdam")
BY_DAY: Final = range(8, 20)  # an update at night wakes nobody
PURPOSE: Final = "left out"
REMEMBERED: Final = timedelta(days=31)


class TellLeftOut:
    """Call it now and then; `nudge` is told whose outbox has something new."""

    def __init__(
        self,
        newsroom: Newsroom,
        left_out: Callable[[], Awaitable[LeftOut | None]],
        nudge: Callable[[str], None],
    ) -> None:
        self._newsroom, self._left_out, self._nudge = newsroom, left_out, nudge
        self._told = ""

    async def __call__(self) -> int:
        """How many were told: each once of every model."""
        left, now = await self._left_out(), self._newsroom.clock()
        model = left.in_vain if left is not None else None
        if model is None or model.id == self._told or now.astimezone(ZONE).hour not in BY_DAY:
            return 0
        workers = [one for one in await self._newsroom.store.workers() if _concerns(one) and one.chat]
        told = sum([await self._tell(worker, f"{worker.id} {model.id}") for worker in workers])
        self._told = model.id
        return told

    async def _tell(self, worker: Worker, once: str) -> int:
        now = self._newsroom.clock()
        async with self._newsroom.store.unit() as unit:
            # A secret that opens nothing: it only remembers, for every process, that they were told.
            before = await unit.use_token(once, PURPOSE, now)
            if before is None:
                await unit.post(worker.chat, [self._message(worker)], now)
            await unit.give_token(once, PURPOSE, worker.id, now + REMEMBERED)
        if before is None:
            self._nudge(worker.chat)
        return int(before is None)

    def _message(self, worker: Worker) -> Outgoing:
        words = StaffWords(self._newsroom.served.content)
        page, label = f"{self._newsroom.public_url}/desk/content/teach", words("open_desk", worker.language)
        opens = self._newsroom.public_url and may_edit(worker)
        link = ((Button(label, page, style=ButtonStyle.LINK),),) if opens else ()
        text = words("model_left_out", worker.language)
        return Outgoing(text, words.language(worker.language), "staff_model_left_out", buttons=link)


def _concerns(worker: Worker) -> bool:
    """Editors and reviewers, who can mend it, and coordinators, who know where they are."""
    return may_edit(worker) or (worker.active and Role.COORDINATOR in worker.roles)
