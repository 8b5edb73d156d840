"""Somebody left or is ill: what they had goes back in the queue, and colleagues hear of it."""

from __future__ import annotations

from bot.core.case import State
from bot.core.errors import CaseChanged
from bot.services.cases.case_change import Change
from bot.services.cases.hand_over_case import back_in_queue
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff


class MoveCases:
    """Call it with a worker's id, for all of their cases, or with `case_id` for one that nobody wrote in for long."""

    def __init__(self, office: Office, tell_staff: TellStaff) -> None:
        self._office = office
        self._tell = tell_staff

    async def __call__(self, worker_id: str) -> int:
        """How many cases were moved. Each in a transaction of its own: what was closed meanwhile stays so."""
        cases = await self._office.store.cases(worker=worker_id, states=(State.CLAIMED,))
        return sum([await self.one(case.id, worker_id) for case in cases])

    async def one(self, case_id: str, worker_id: str) -> bool:
        """Puts one case back; False when this worker no longer has it."""
        try:
            async with self._office.store.unit() as unit:
                case = await unit.case(case_id)
                if case is None or case.state is not State.CLAIMED or case.worker != worker_id:
                    return False
                change = Change(self._office, unit, case, worker_id, self._office.clock())
                await change.keep(case.returned(change.now))
                await change.log("returned")
                await back_in_queue(change, self._tell, but=worker_id)
        except CaseChanged:
            return await self.one(case_id, worker_id)
        change.signal()
        return True
