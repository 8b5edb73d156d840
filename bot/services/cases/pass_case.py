"""A worker says "not me": the others keep the case, and when nobody is left the next step comes at once."""

from __future__ import annotations

from bot.core.case import Case, State
from bot.core.errors import IllegalMove
from bot.core.team import Worker
from bot.services.cases.case_change import Also, Change, change_case, nothing_else
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import passed_by, told_of


class PassCase:
    """Nobody but the log is told."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, worker: Worker, case_id: str, also: Also = nothing_else) -> Case:
        """Raises CaseUnknown, and IllegalMove when the case does not wait."""

        async def do(change: Change) -> None:
            if change.case.state is not State.WAITING:
                raise IllegalMove(change.case.state, "passed")
            await change.log("passed")
            found = await change.unit.case_file(case_id)
            events = found.events if found else ()
            if set(told_of(events)) <= passed_by(events):
                await change.keep(change.case.but(change.now, due_at=change.now))

        return await change_case(self._office, worker, case_id, do, also)
