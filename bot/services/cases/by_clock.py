"""One change of a case that nobody asked for: the time for it has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.errors import CaseChanged
from bot.services.cases.case_change import Change
from bot.services.cases.office import Office
from bot.services.ports import Resident

# It says whether there was anything to do. It must keep the case: so of two clocks only one comes through.
DoIfDue = Callable[[Change], Awaitable[bool]]

# Where somebody is reached, and whether they can be: the resident, or worker's chat, of an id.
FindResident = Callable[[str], Awaitable[Resident | None]]


async def change_by_clock(office: Office, case_id: str, do: DoIfDue) -> bool:
    """Makes a change and signals it; False when there was nothing to do.

    False, too, when somebody else changed the case in this moment: the next minute sees what is left to do.
    """
    try:
        async with office.store.unit() as unit:
            case = await unit.case(case_id)
            if case is None:
                return False
            change = Change(office, unit, case, "", office.clock())
            done = await do(change)
    except CaseChanged:
        return False
    if done:
        change.signal()
    return done
