"""A worker takes up a case again that was closed a few days ago."""

from __future__ import annotations

from bot.core.case import Case
from bot.core.team import Worker
from bot.services.cases.case_change import Also, Change, change_case, nothing_else
from bot.services.cases.office import Office


class ReopenCase:
    """It is with its worker again; with somebody else's case the one who reopens it takes it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, worker: Worker, case_id: str, also: Also = nothing_else) -> Case:
        """Raises CaseUnknown, IllegalMove unless it was closed lately, CaseChanged when there is a newer one."""

        async def do(change: Change) -> None:
            theirs = change.case.worker == worker.id
            await change.keep(change.case.reopened(change.now, worker_free=theirs))
            await change.log("reopened")
            if not theirs:
                await change.keep(change.case.claimed(worker.id, change.now))
                await change.log("claimed")
            if not change.case.quiet:
                voice = self._office.voice
                await change.tell_resident(
                    voice.phrase("utter_case_reopened", change.case.language, person_name=worker.name)
                )

        return await change_case(self._office, worker, case_id, do, also)
