"""Why something could not be done with a case, in the worker's words, and what they can do instead."""

from __future__ import annotations

from bot.core.case import Case, State
from bot.core.errors import CaseChanged, CaseError, CaseUnknown, IllegalMove
from bot.core.message import Button, Outgoing
from bot.core.press import Act, Press
from bot.services.cases.case_access import holder, visible
from bot.services.cases.reply_to_resident import OUT_OF_REACH
from bot.services.cases.worker_visit import Visit


async def refusal(visit: Visit, error: CaseError, case_id: str, *, sending: bool = False) -> Outgoing:
    """The sentence for an error. `sending`: it was about a message, which is kept for a case that can be reopened."""
    case = await visit.office.store.case(case_id)
    if isinstance(error, CaseUnknown) or case is None or not visible(visit.worker, case):
        return visit.says("unknown")
    if isinstance(error, IllegalMove) and error.state == OUT_OF_REACH:
        return visit.says("unreachable", number=case.number)
    if not case.resident:
        return visit.says("forgotten", number=case.number)
    if case.state is State.CLAIMED and case.worker != visit.worker.id:
        return visit.says("has_it", number=case.number, name=await holder(visit.office.store, case))
    return _by_state(visit, error, case, sending=sending)


def can_be_reopened(visit: Visit, case: Case | None) -> bool:
    """Is it worth keeping what was written for this case?"""
    return case is not None and visible(visit.worker, case) and case.can_reopen(visit.office.clock())


def _by_state(visit: Visit, error: CaseError, case: Case, *, sending: bool) -> Outgoing:
    number = case.number
    if case.state is State.CLOSED and sending and can_be_reopened(visit, case):
        buttons = [[_button(visit, "reopen", case)], [_button(visit, "cancel", case)]]
        return visit.says("over_reopen", buttons, number=number)
    if case.state is State.CLOSED:
        return visit.says("over" if sending else "closed", number=number)
    if case.state is State.WITHDRAWN:
        return visit.says("withdrawn", number=number)
    if case.state is State.WAITING:
        return visit.says("waiting_first", [[_button(visit, "claim", case)]], number=number)
    return visit.says("changed" if isinstance(error, CaseChanged) else "not_possible", number=number)


def _button(visit: Visit, verb: str, case: Case) -> Button:
    return Button(visit.words(verb), Press(Act.STAFF, verb, case.id).data)
