"""A worker gives a case back: it waits in the queue again, for somebody else."""

from __future__ import annotations

from bot.core.case import Case
from bot.core.team import Worker
from bot.services.cases.case_access import must_hold
from bot.services.cases.case_change import Also, Change, change_case, nothing_else
from bot.services.cases.hand_over_case import back_in_queue
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff


class ReleaseCase:
    """The resident is told that somebody else will answer, and the team that it waits."""

    def __init__(self, office: Office, tell_staff: TellStaff) -> None:
        self._office = office
        self._tell = tell_staff

    async def __call__(self, worker: Worker, case_id: str, also: Also = nothing_else) -> Case:
        """Raises CaseUnknown, IllegalMove when nobody has it, CaseChanged when somebody else has."""

        async def do(change: Change) -> None:
            await must_hold(change.unit, worker, change.case)
            before = change.case.worker
            await change.keep(change.case.returned(change.now))
            await change.log("released")
            await back_in_queue(change, self._tell, but=before)

        return await change_case(self._office, worker, case_id, do, also)
