"""A case goes to a colleague, or to the queue of a team, with everything that was said in it."""

from __future__ import annotations

from bot.core.case import Case
from bot.core.errors import IllegalMove
from bot.core.team import Worker
from bot.services.cases.case_access import must_hold
from bot.services.cases.case_change import Also, Change, change_case, nothing_else
from bot.services.cases.claim_case import introduction
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff, team_of


class HandOverCase:
    """The resident is told who has it now; who gets it, or the team, gets its card."""

    def __init__(self, office: Office, tell_staff: TellStaff) -> None:
        self._office = office
        self._tell = tell_staff

    async def __call__(self, worker: Worker, case_id: str, team: str, to: str, also: Also = nothing_else) -> Case:
        """To the worker `to`, or with "" to the queue of `team`; with `team` "" it stays with its own.

        Raises CaseUnknown, IllegalMove (also for a colleague who is away or of another team), CaseChanged.
        """

        async def do(change: Change) -> None:
            await must_hold(change.unit, worker, change.case)
            before = change.case
            target = team or before.team
            await self._must_exist(change, target)
            colleague = await self._colleague(change, target, to) if to else None
            await change.keep(before.handed_over(target, to, change.now))
            await change.log("handed_over", f"{target} {to}".strip())
            await self._in_topic(change, before.team, colleague)
            if colleague:
                await self._to(change, colleague)
            else:
                await back_in_queue(change, self._tell, but=before.worker)

        return await change_case(self._office, worker, case_id, do, also)

    async def _in_topic(self, change: Change, before: str, colleague: Worker | None) -> None:
        """The team's group hears of it; a team that lost the case hears nothing more."""
        team = await team_of(change)
        await change.tell_topic("handed_over", name=colleague.name if colleague else team.name)
        if team.id != before and change.case.thread:
            await change.leave_topic()

    async def _must_exist(self, change: Change, team: str) -> None:
        if team != change.case.team and all(one.id != team for one in await change.unit.teams()):
            raise IllegalMove(change.case.state, "handed over to a team that does not exist")

    async def _colleague(self, change: Change, team: str, worker_id: str) -> Worker:
        found = await change.unit.worker(worker_id)
        if found is None or team not in found.teams or not found.available(change.now):
            raise IllegalMove(change.case.state, "handed over to somebody who is away or not of that team")
        return found

    async def _to(self, change: Change, colleague: Worker) -> None:
        await self._tell.these(change, [colleague], await team_of(change), "card_handed")
        if change.case.quiet:  # nothing comes unasked: their own words say who they are
            return
        who = await introduction(change, colleague)
        said = self._office.voice.phrase("utter_case_handed_over", change.case.language, (), **who)
        await change.tell_resident(said)


async def back_in_queue(change: Change, tell_staff: TellStaff, *, but: str) -> None:
    """Tells the resident that somebody else will answer, and the team (less `but`, who had it) that it waits.

    In a quiet case nothing comes unasked: who answers next says so.
    """
    team = await team_of(change)
    if not change.case.quiet:
        more = {"team": team.name} | ({"team_phone": team.phone} if team.phone else {})
        said = change.office.voice.phrase("utter_case_back_in_queue", change.case.language, (), **more)
        await change.tell_resident(said)
    await tell_staff.within(change, but={but})
