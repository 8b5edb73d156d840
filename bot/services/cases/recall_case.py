"""Who has a case is silent: they are reminded once, and after a working day it is somebody else's turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.case import Case, State
from bot.core.message import Outgoing
from bot.core.silence import HALF_A_DAY, REMINDED, WORKING_DAY, has_passed, reminded, silent_since
from bot.core.team import Team, Worker
from bot.services.cases.by_clock import change_by_clock
from bot.services.cases.case_change import Change
from bot.services.cases.hand_over_case import back_in_queue
from bot.services.cases.office import Office
from bot.services.cases.staff_cards import StaffCards
from bot.services.cases.tell_staff import TellStaff, team_of


class RecallCase:
    """Call it with the id of a claimed case."""

    def __init__(self, office: Office, tell_staff: TellStaff) -> None:
        self._office = office
        self._tell = tell_staff
        self._cards = StaffCards(office)

    async def __call__(self, case_id: str) -> bool:
        """Reminds or takes back; False when the worker wrote last, or there is time left."""
        return await change_by_clock(self._office, case_id, self._look)

    async def _look(self, change: Change) -> bool:
        found = await change.unit.case_file(change.case.id)
        since = silent_since(found.case, found.said, found.events) if found else None
        if found is None or since is None or change.case.state is not State.CLAIMED:
            return False
        team, now = await team_of(change), change.now
        worker = await change.unit.worker(change.case.worker)
        if has_passed(WORKING_DAY, since, now, team.hours):
            await self._take_back(change, worker)
            return True
        if reminded(found.events, since) or not has_passed(HALF_A_DAY, since, now, team.hours):
            return False
        await self._remind(change, team, worker)
        return True

    async def _take_back(self, change: Change, worker: Worker | None) -> None:
        before = change.case
        await change.keep(before.returned(change.now))
        await change.log("returned", "silent", worker=before.worker)
        if worker is not None:
            words = change.office.words
            text = words("recalled", worker.language, number=before.number)
            await change.post(worker.chat, Outgoing(text, words.language(worker.language), key="staff_recalled"))
        await back_in_queue(change, self._tell, but=before.worker)

    async def _remind(self, change: Change, team: Team, worker: Worker | None) -> None:
        await change.keep(change.case.but(change.now))  # of two clocks only one reminds
        await change.log(REMINDED, worker=change.case.worker)
        if worker is not None and worker.chat:
            card = await self._cards.of(change.unit, change.case, team, worker, change.now, "card_reminder")
            await change.post(worker.chat, replace(card, key="staff_reminder"))


def may_be_silent(case: Case, team: Team, now: datetime) -> bool:
    """Is it worth reading the whole case? No worker is silent for longer than since they last did something."""
    return has_passed(HALF_A_DAY, case.worker_at or case.opened_at, now, team.hours)
