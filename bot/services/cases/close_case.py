"""A worker says that a case is done, and how it ended."""

from __future__ import annotations

from bot.core.case import Case, Result
from bot.core.message import Button, Outgoing
from bot.core.press import Act, Press
from bot.core.team import Worker
from bot.services.cases.case_access import holder, must_hold
from bot.services.cases.case_change import Also, Change, change_case, nothing_else
from bot.services.cases.office import Office


class CloseCase:
    """The resident is told, and asked whether it helped; not in a quiet case, where nothing comes unasked."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, worker: Worker, case_id: str, result: Result, also: Also = nothing_else) -> Case:
        """Raises CaseUnknown, IllegalMove when nobody has it, CaseChanged when somebody else has."""

        async def do(change: Change) -> None:
            await must_hold(change.unit, worker, change.case)
            name = await holder(change.unit, change.case)
            await change.keep(change.case.closed(result, change.now))
            await change.log("closed", result)
            await change.tell_topic("closed")
            if not change.case.quiet:
                await change.tell_resident(self._goodbye(change.case, name))

        return await change_case(self._office, worker, case_id, do, also)

    def _goodbye(self, case: Case, name: str) -> Outgoing:
        labels = self._office.voice.content.labels[case.language].buttons
        row = (
            Button(labels["helped_yes"], Press(Act.CASE, "helped").data),
            Button(labels["helped_no"], Press(Act.CASE, "not_helped").data),
        )
        return self._office.voice.phrase("utter_case_closed", case.language, [row], person_name=name)
