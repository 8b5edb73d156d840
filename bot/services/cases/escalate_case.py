"""Nobody took a case in time: who fits → the team → the coordinator → an honest message to the resident."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.core.case import QUEUED, Case, Event, State
from bot.core.case_phrases import phone_of
from bot.core.message import Outgoing
from bot.core.routing import Level
from bot.core.team import Team
from bot.services.cases.by_clock import change_by_clock
from bot.services.cases.case_change import Change
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff, passed_by, team_of, told_of


class EscalateCase:
    """Call it with the id of a case whose time has come."""

    def __init__(self, office: Office, tell_staff: TellStaff) -> None:
        self._office = office
        self._tell = tell_staff

    async def __call__(self, case_id: str) -> bool:
        """Takes one step; False when it is not time, or somebody has the case."""
        return await change_by_clock(self._office, case_id, self._step)

    async def _step(self, change: Change) -> bool:
        case = change.case
        if case.state is not State.WAITING or case.due_at is None or case.due_at > change.now:
            return False
        found = await change.unit.case_file(case.id)
        events = found.events if found else ()
        level = await self._told(change, events)
        before = reached(events)
        if level > before:
            await change.log("escalated", str(int(level)))
        if level is Level.NOBODY and before < Level.NOBODY and not case.quiet:
            await change.tell_resident(self._sorry(change.case, await team_of(change)))
        return True

    async def _told(self, change: Change, events: Sequence[Event]) -> Level:
        """Tells those who are next; the level that was come to."""
        step, passed = change.case.step, passed_by(events)
        if not told_of(events):  # nobody was there to hear of it: perhaps somebody is now
            return await self._at(change, Level.FITTING, passed)
        if step < Level.COORDINATOR:
            return await self._at(change, Level(step + 1), passed)
        if step == Level.COORDINATOR:
            return await self._at(change, Level.NOBODY, passed)
        if await self._at(change, Level.COORDINATOR, passed) is Level.NOBODY:
            await self._at(change, Level.TEAM, passed)  # no coordinator is there: better the team than nobody
        await change.keep(change.case.but(change.now, step=int(Level.NOBODY)))
        return Level.NOBODY

    async def _at(self, change: Change, level: Level, passed: Collection[str]) -> Level:
        change.case = replace(change.case, step=int(level))
        return (await self._tell.within(change, but=passed)).level

    def _sorry(self, case: Case, team: Team) -> Outgoing:
        voice, language = self._office.voice, case.language
        return voice.phrase(
            "utter_case_nobody_yet",
            language,
            team_phone=phone_of(voice, team, language),
            walk_in=team.walk_in or voice.content.facts["team_walk_in"].in_language(language),
        )


def reached(events: Sequence[Event]) -> int:
    """How far a case was escalated since it last went into the queue."""
    level = 0
    for event in events:
        if event.what in QUEUED:
            level = 0
        elif event.what == "escalated" and event.detail.isdecimal():
            level = max(level, int(event.detail))
    return level
