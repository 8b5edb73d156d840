"""One change of a case: one transaction, its line in the log, and who is told once it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.core.case import Case, Event
from bot.core.errors import CaseChanged
from bot.core.message import Outgoing
from bot.core.staff_words import FALLBACK
from bot.core.team import Worker
from bot.services.cases.case_access import find_case
from bot.services.cases.office import Office
from bot.services.ports import Unit

TRIES: Final = 3  # the resident may write in the same moment: then the case is looked at again

# What else a caller keeps in the same transaction, such as the end of its own turn: it may run more than once.
Also = Callable[[Unit, Case], Awaitable[None]]


async def nothing_else(unit: Unit, case: Case) -> None:
    """Nothing more belongs to this transaction."""
    del unit, case


@dataclass
class Change:
    """A transaction in which a worker ("" for the clock) changes a case."""

    office: Office
    unit: Unit
    case: Case
    by: str
    now: datetime
    nudged: list[str] = field(default_factory=list)

    async def keep(self, case: Case) -> None:
        """The next version of the case."""
        await self.unit.keep_case(case)
        self.case = case

    async def log(self, what: str, detail: str = "", *, worker: str | None = None) -> None:
        """A line in the log, of who makes the change or of somebody else whom it is about."""
        event = Event(what, self.now, self.by if worker is None else worker, detail)
        await self.unit.log_event(self.case.id, event)

    async def tell_resident(self, outgoing: Outgoing) -> None:
        """Posts a message to the resident, unless they were forgotten; in a quiet case protected, without a picture."""
        if self.case.quiet:
            outgoing = replace(outgoing, protect=True, pictogram="", alt="")
        await self.post(self.case.resident, outgoing)

    async def post(self, chat_id: str, outgoing: Outgoing) -> None:
        """Posts a message to a chat; "" is nobody's."""
        if chat_id:
            await self.unit.post(chat_id, [outgoing], self.now)
            self.nudged.append(chat_id)

    async def tell_topic(self, key: str, **more: str) -> None:
        """Posts a line in the case's topic in the team's group, if it has one."""
        words = self.office.words
        text = words(key, FALLBACK, number=self.case.number, **more)
        await self.post(self.case.thread, Outgoing(text, FALLBACK, key=f"topic_{key}", case=self.case.id))

    async def leave_topic(self) -> None:
        """Nothing more of this case is said in the topic that it has."""
        await self.unit.keep_thread(self.case.id, "")
        self.case = replace(self.case, thread="")

    def signal(self) -> None:
        """To be called after the transaction: the messages go out, open pages show the case anew."""
        for chat_id in dict.fromkeys(self.nudged):
            self.office.signals.nudge(chat_id)
        self.office.signals.changed(self.case)


Do = Callable[[Change], Awaitable[None]]


async def keep_change(office: Office, worker: Worker, case_id: str, do: Do, also: Also = nothing_else) -> Change:
    """Makes a change and keeps it, without a signal yet. Raises CaseError as `do` does, CaseUnknown for other eyes."""
    for attempt in range(1, TRIES + 1):
        try:
            async with office.store.unit() as unit:
                case = await find_case(unit, worker, case_id)
                change = Change(office, unit, case, worker.id, office.clock())
                await do(change)
                await also(unit, change.case)
                return change
        except CaseChanged:
            if attempt == TRIES:
                raise
    raise AssertionError  # the last attempt returned or raised


async def change_case(office: Office, worker: Worker, case_id: str, do: Do, also: Also = nothing_else) -> Case:
    """Makes a change, keeps it and signals it. Raises CaseError as `do` does, CaseUnknown for other eyes."""
    change = await keep_change(office, worker, case_id, do, also)
    change.signal()
    return change.case
