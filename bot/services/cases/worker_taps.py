"""The buttons under a worker's messages in Telegram: `w:<verb>:<case>`, and `.<choice>` where one was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.case import Case, Result, State
from bot.core.errors import CaseError, IllegalMove
from bot.core.message import Outgoing
from bot.core.pending import Pending
from bot.core.press import Act, read_press
from bot.core.team import Team
from bot.services.cases.case_access import find_case
from bot.services.cases.staff_cards import StaffCards
from bot.services.cases.staff_work import StaffWork
from bot.services.cases.worker_choices import Deed, WorkerChoices, choice_button
from bot.services.cases.worker_messages import WorkerMessages
from bot.services.cases.worker_refusal import refusal
from bot.services.cases.worker_visit import Say, Visit
from bot.services.ports import Unit


class WorkerTaps:
    """Call it with a tap. A tap that came too late is answered with what is the case now."""

    def __init__(self, work: StaffWork, messages: WorkerMessages, cards: StaffCards) -> None:
        self._work, self._messages, self._cards = work, messages, cards
        self._deeds: Mapping[str, Deed] = {
            "claim": self._claim,
            "pass": self._pass,
            "show": self._show,
            "close": self._ask_result,
            "closed": self._close,
            "note": self._ask_note,
            "release": self._release,
            "reopen": self._reopen,
            "send": self._send,
            "cancel": self._cancel,
            "move_cases": self._move_cases,
            **WorkerChoices(work).deeds,
        }

    async def __call__(self, visit: Visit) -> None:
        """Does what the button says."""
        press = read_press(visit.received.incoming.text)
        deed = self._deeds.get(press.subject) if press and press.act is Act.STAFF else None
        if press is None or deed is None:
            await visit.answer(visit.says("old_button"))
            return
        case_id, _, choice = press.part.partition(".")
        try:
            await deed(visit, case_id, choice)
        except CaseError as error:
            await visit.answer(await refusal(visit, error, case_id))

    async def _claim(self, visit: Visit, case_id: str, _: str) -> None:
        try:
            await self._work.claim(visit.worker, case_id, visit.ending(self._card(visit, "card_yours")))
        except IllegalMove:
            case = await find_case(visit.office.store, visit.worker, case_id)
            if case.state is not State.CLAIMED or case.worker != visit.worker.id:
                raise
            await self._show(visit, case_id, "")  # they have it already: a second tap, or a restart

    async def _pass(self, visit: Visit, case_id: str, _: str) -> None:
        await self._work.pass_on(visit.worker, case_id, visit.ending_with("passed"))

    async def _show(self, visit: Visit, case_id: str, _: str) -> None:
        async with visit.office.store.unit() as unit:
            case = await find_case(unit, visit.worker, case_id)
            title = "card_yours" if case.worker == visit.worker.id else ""
            await visit.end(unit, await self._card(visit, title)(unit, case))

    def _card(self, visit: Visit, title: str) -> Say:
        async def say(unit: Unit, case: Case) -> Sequence[Outgoing]:
            teams = {team.id: team for team in await unit.teams(removed=True)}
            team = teams.get(case.team, Team(case.team, case.team))
            return [await self._cards.of(unit, case, team, visit.worker, visit.office.clock(), title)]

        return say

    async def _ask_result(self, visit: Visit, case_id: str, _: str) -> None:
        case = await find_case(visit.office.store, visit.worker, case_id)
        rows = [[choice_button(visit.words(f"result_{result}"), "closed", case, result)] for result in Result]
        await visit.answer(visit.says("ask_result", rows, number=case.number))

    async def _close(self, visit: Visit, case_id: str, choice: str) -> None:
        if choice not in set(Result):
            await visit.answer(visit.says("old_button"))
            return
        await self._work.close(visit.worker, case_id, Result(choice), visit.ending_with("closed"))

    async def _ask_note(self, visit: Visit, case_id: str, _: str) -> None:
        case = await find_case(visit.office.store, visit.worker, case_id)
        pending = Pending(visit.pending.unsent, note_on=case.id)
        await visit.answer(visit.says("ask_note", number=case.number), pending=pending)

    async def _release(self, visit: Visit, case_id: str, _: str) -> None:
        await self._work.release(visit.worker, case_id, visit.ending_with("released"))

    async def _reopen(self, visit: Visit, case_id: str, _: str) -> None:
        try:
            await self._work.reopen(visit.worker, case_id)
        except IllegalMove:
            case = await find_case(visit.office.store, visit.worker, case_id)
            if case.worker != visit.worker.id or not case.open:
                raise
        await self._messages.send_unsent(visit, case_id)

    async def _send(self, visit: Visit, case_id: str, _: str) -> None:
        await self._messages.send_unsent(visit, case_id)

    async def _cancel(self, visit: Visit, _: str, __: str) -> None:
        await visit.answer(visit.says("dropped"), pending=Pending())

    async def _move_cases(self, visit: Visit, _: str, __: str) -> None:
        count = await self._work.move_cases(visit.worker.id)
        await visit.answer(visit.says("moved", count=str(count)))
