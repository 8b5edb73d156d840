"""A few days without a word: "did somebody help you?", once, of residents who agreed to be asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.core.case import Case, State
from bot.core.hours import is_open, next_opening
from bot.core.message import Button, Outgoing
from bot.core.press import Act, Press
from bot.core.team import Hours
from bot.services.cases.by_clock import change_by_clock
from bot.services.cases.case_change import Change
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import team_of

AFTER: Final = timedelta(days=3)


class FollowUp:
    """Call it with a case's id. It comes while the team is there, to read what is answered; never in a quiet case."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, case_id: str) -> bool:
        """Asks; False when it is not time, or there is nobody to ask."""
        return await change_by_clock(self._office, case_id, self._ask)

    async def _ask(self, change: Change) -> bool:
        case, now = change.case, change.now
        if not may_ask(case, now) or not _is_there((await team_of(change)).hours, now):
            return False
        latest = await change.unit.case_of(case.resident)
        if latest is None or latest.id != case.id:  # the buttons would be about that one
            return False
        await change.keep(case.but(now, follow_up=False))
        await change.log("follow_up")
        await change.tell_resident(self._question(case))
        return True

    def _question(self, case: Case) -> Outgoing:
        labels = self._office.voice.content.labels[case.language].buttons
        row = (
            Button(labels["helped_yes"], Press(Act.CASE, "helped").data),
            Button(labels["helped_no"], Press(Act.CASE, "not_helped").data),
        )
        return self._office.voice.phrase("utter_case_follow_up", case.language, [row])


def may_ask(case: Case, now: datetime) -> bool:
    """Did the resident agree, has neither side written for AFTER, and is the question still open?"""
    if not case.follow_up or case.quiet or not case.resident or case.helped is not None:
        return False
    if not (case.open or (case.state is State.CLOSED and case.can_reopen(now))):
        return False
    contact = (case.opened_at, case.resident_at, case.worker_at, case.closed_at)
    return now - max(at for at in contact if at) >= AFTER


def _is_there(hours: Hours, now: datetime) -> bool:
    return is_open(hours, now) or next_opening(hours, now) is None
