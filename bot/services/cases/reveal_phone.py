"""The number that a resident gave for a case: shown when asked for, and never without a line in the log."""

from __future__ import annotations

from bot.core.team import Worker
from bot.services.cases.case_change import Change, keep_change
from bot.services.cases.office import Office


class RevealPhone:
    """For whoever sees the case."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, worker: Worker, case_id: str) -> str:
        """The number, or "" when none was given or it was wiped. Raises CaseUnknown."""
        number = ""

        async def do(change: Change) -> None:
            nonlocal number
            number = await change.unit.phone(case_id)
            await change.log("phone")

        (await keep_change(self._office, worker, case_id, do)).signal()
        return number
