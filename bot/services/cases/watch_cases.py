"""Nothing is forgotten: what happens in cases because time went by, looked at once a minute."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Final

import structlog

from bot.core.case import REOPEN, Case, State
from bot.core.team import Team, Worker
from bot.services.cases.by_clock import FindResident
from bot.services.cases.case_access import visible
from bot.services.cases.escalate_case import EscalateCase
from bot.services.cases.follow_up import FollowUp, may_ask
from bot.services.cases.move_cases import MoveCases
from bot.services.cases.office import Office
from bot.services.cases.recall_case import RecallCase, may_be_silent
from bot.services.cases.tell_staff import TellStaff

log = structlog.get_logger("watch")
_ALL: Final = 1_000_000
_LATEST: Final = 200  # of what was closed; more are read when these do not go back far enough


class WatchCases:
    """Every step is a transaction of its own: a watcher that was stopped, or a second one, does nothing twice."""

    def __init__(self, office: Office, tell_staff: TellStaff, resident: FindResident | None = None) -> None:
        """`resident` tells whether a worker's chat can still be reached; without it that is not looked at."""
        self._office = office
        self._resident = resident
        self._escalate = EscalateCase(office, tell_staff)
        self._recall = RecallCase(office, tell_staff)
        self._move = MoveCases(office, tell_staff)
        self._follow_up = FollowUp(office)

    async def watch(self) -> int:
        """Does what is due now; returns how much that was. Raises StoreError when nothing can be read."""
        return await self._waiting() + await self._claimed() + await self._silent_residents()

    async def _waiting(self) -> int:
        due = await self._office.store.due_cases(self._office.clock())
        waiting = [case for case in due if case.state is State.WAITING]
        return sum([await _guarded(case.id, self._escalate(case.id)) for case in waiting])

    async def _claimed(self) -> int:
        store, done = self._office.store, 0
        cases = await store.cases(states=(State.CLAIMED,), limit=_ALL)
        workers = {worker.id: worker for worker in await store.workers()} if cases else {}
        teams = {team.id: team for team in await store.teams(removed=True)} if cases else {}
        unreachable = await self._unreachable(cases, workers)
        for case in cases:
            worker = workers.get(case.worker)
            if case.worker in unreachable or worker is None or not self._works_on(worker, case):
                done += await _guarded(case.id, self._move.one(case.id, case.worker))
            elif may_be_silent(case, teams.get(case.team, Team(case.team, case.team)), self._office.clock()):
                done += await _guarded(case.id, self._recall(case.id))
        for worker_id in unreachable:
            await self._unlink(worker_id)
        return done

    def _works_on(self, worker: Worker, case: Case) -> bool:
        return worker.available(self._office.clock()) and visible(worker, case)

    async def _unreachable(self, cases: list[Case], workers: Mapping[str, Worker]) -> list[str]:
        """Who has a case, but blocked the assistant in the chat where they would hear of it."""
        found = []
        for worker_id in dict.fromkeys(case.worker for case in cases):
            worker = workers.get(worker_id)
            if self._resident is not None and worker is not None and worker.chat:
                resident = await self._resident(worker.chat)
                if resident is not None and resident.stopped:
                    found.append(worker_id)
        return found

    async def _unlink(self, worker_id: str) -> None:
        """What they take on the desk from now on must not be moved again."""
        if await self._office.store.cases(worker=worker_id, states=(State.CLAIMED,), limit=1):
            return  # one could not be moved: the next minute tries again
        async with self._office.store.unit() as unit:
            await unit.link_chat(worker_id, "")
            await unit.audit(worker_id, "chat_unlinked", worker_id, self._office.clock())

    async def _silent_residents(self) -> int:
        now = self._office.clock()
        cases = [*await self._office.store.cases(limit=_ALL), *await self._closed_lately()]
        return sum([await _guarded(case.id, self._follow_up(case.id)) for case in cases if may_ask(case, now)])

    async def _closed_lately(self) -> list[Case]:
        """What may still be reopened, and somewhat more: red flags come first, then the others, newest first."""
        limit, since = _LATEST, self._office.clock() - REOPEN
        while True:
            cases = await self._office.store.cases(states=(State.CLOSED,), limit=limit)
            others = [case.closed_at for case in cases if not case.flag and case.closed_at]
            if len(cases) < limit or any(at < since for at in others):
                return cases
            limit *= 4


async def _guarded(case_id: str, step: Awaitable[bool]) -> bool:
    """The border: one broken case is left aside and does not stop the others."""
    try:
        return await step
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one case, the others wait too
        log.error("case left aside", key=case_id, error=type(error).__name__)
        return False
