"""A demo neighbourhood in an empty database, so that a newcomer sees the whole loop in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.case import Author, Case, Event, Said, State
from bot.core.hours import holidays
from bot.core.message import Chat, Incoming, Kind
from bot.core.neighbourhood import Line, Neighbourhood, Story
from bot.core.routing import choose, next_due
from bot.core.team import Team, Worker
from bot.services.ports import Clock, Store, Unit

CHANNEL: Final = "web"  # of the residents in it: no browser can have their addresses


@dataclass(frozen=True, slots=True)
class Demo:
    """`workers` are the ids of whom anybody may be by one tap (`Desk.demo`); () where there is no demo neighbourhood.

    `made`: it was not there before.
    """

    made: bool
    workers: tuple[str, ...]


async def make_demo(store: Store, clock: Clock, neighbourhood: Neighbourhood) -> Demo:
    """Makes it all in one transaction; nothing when there is a team or a worker already."""
    async with store.unit() as unit:
        made = not (await unit.teams() or await unit.workers())
        if made:
            await _build(unit, neighbourhood, clock())
    present = {worker.id for worker in await store.workers() if worker.active}
    return Demo(made, tuple(worker.id for worker in neighbourhood.workers if worker.id in present))


async def _build(unit: Unit, neighbourhood: Neighbourhood, now: datetime) -> None:
    teams = {team.id: with_holidays(team, now) for team in neighbourhood.teams}
    for team in teams.values():
        await unit.keep_team(team)
    for area in neighbourhood.areas:
        await unit.keep_area(area)
    for worker in neighbourhood.workers:
        await unit.keep_worker(worker)
    for template in neighbourhood.templates:
        await unit.keep_template(template)
    for story in neighbourhood.stories:
        await _Telling(unit, now, story).tell(teams[story.team], neighbourhood.workers)


def with_holidays(team: Team, now: datetime) -> Team:
    """The team, closed on the Dutch holidays of this year and the next."""
    year = now.astimezone(ZoneInfo(team.hours.zone)).year
    days = {*holidays(year), *holidays(year + 1)}
    return replace(team, hours=replace(team.hours, holidays=team.hours.holidays | days))


class _Telling:
    """A story lived through once more: every step by the rules of a case, at its own time in the past."""

    def __init__(self, unit: Unit, now: datetime, story: Story) -> None:
        self._unit, self._now, self._story = unit, now, story
        self._began = now - story.ago

    async def tell(self, team: Team, workers: Sequence[Worker]) -> None:
        """Opens the case, says every line, and closes it if the story has an ending."""
        resident = await self._resident()
        if resident is None:  # another process tells it at this very moment
            return
        case = await self._opened(resident, team, workers)
        for line in self._story.lines:
            case = await self._said(case, line)
        ending = self._story.ending
        if ending is not None:
            at = self._began + ending.after
            await self._unit.keep_case(replace(case.closed(ending.result, at), helped=ending.helped))
            await self._log("closed", at, case.worker, ending.result)

    async def _resident(self) -> str | None:
        arrived = Incoming(Chat(CHANNEL, self._story.id), self._story.id, Kind.START, self._began)
        received = await self._unit.receive(arrived)
        if received is None:
            return None
        await self._unit.finish(received.id)
        return received.resident.id

    async def _opened(self, resident: str, team: Team, workers: Sequence[Worker]) -> Case:
        story, at = self._story, self._began
        case = Case(
            story.id, resident, team.id, story.language, at, at, story.topic, story.flag, story.area, story.how,
            story.when, resident_at=at, translator=story.translator,
        )  # fmt: skip
        # Counted from now: a newcomer who looks at it should find it waiting where it began.
        case = replace(case, due_at=next_due(case, team, self._now))
        await self._unit.keep_case(case)
        if story.phone:
            await self._unit.keep_phone(case.id, story.phone)
        await self._log("opened", at, detail=story.door)
        for worker in choose(case, team, workers, {}, at).tell:
            await self._log("told", at, worker)
        return case

    async def _said(self, case: Case, line: Line) -> Case:
        """The case after this line; who answers first takes it."""
        at = self._began + line.after
        if line.author is Author.WORKER and case.state is State.WAITING:
            case = case.claimed(line.worker, at)
            await self._unit.keep_case(case)
            await self._log("claimed", at, line.worker)
        translator = self._story.translator if line.translation else ""
        said = Said(line.author, line.text, line.language, at, line.worker, line.translation, translator)
        await self._unit.add_said(case.id, said)
        return await self._after(case, line, at)

    async def _after(self, case: Case, line: Line, at: datetime) -> Case:
        """The line's trace in the case and in its log."""
        match line.author:
            case Author.NOTE:
                await self._log("noted", at, line.worker)
                return case
            case Author.WORKER:
                case = case.but(at, worker_at=at, answered_at=case.answered_at or at)
                await self._log("replied", at, line.worker)
            case Author.RESIDENT:
                case = case.but(at, resident_at=at)
                if line.after:
                    await self._log("added", at)
        await self._unit.keep_case(case)
        return case

    async def _log(self, what: str, at: datetime, worker: str = "", detail: str = "") -> None:
        await self._unit.log_event(self._story.id, Event(what, at, worker, detail))
