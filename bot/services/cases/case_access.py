"""Who may see which case, and who may act on it."""

from __future__ import annotations

from typing import Final

from bot.core.case import Case, State
from bot.core.errors import CaseChanged, CaseUnknown
from bot.core.team import Role, Worker
from bot.services.case_ports import CaseReads, StaffReads

_WHO_HELP: Final = frozenset({Role.WORKER, Role.COORDINATOR})


def visible(worker: Worker, case: Case) -> bool:
    """Does somebody of the staff see this case? Only social workers and coordinators, and only of its team."""
    return worker.active and bool(worker.roles & _WHO_HELP) and case.team in worker.teams


async def find_case(reads: CaseReads, worker: Worker, case_id: str) -> Case:
    """The case of this id. Raises CaseUnknown, alike when there is none and when it is not for these eyes."""
    case = await reads.case(case_id)
    if case is None or not visible(worker, case):
        raise CaseUnknown("There is no such case.")
    return case


async def must_hold(reads: StaffReads, worker: Worker, case: Case) -> None:
    """Raises CaseChanged, which names who has it, when a claimed case is neither theirs nor their team's to lead."""
    if case.state is State.CLAIMED and case.worker != worker.id and Role.COORDINATOR not in worker.roles:
        raise CaseChanged(f"{await holder(reads, case)} has this case now.")


async def holder(reads: StaffReads, case: Case) -> str:
    """The name of who has a case; "" for nobody."""
    found = await reads.worker(case.worker) if case.worker else None
    return found.name if found else ""
