"""A case's way to the workers who are to hear of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.core.case import QUEUED, Event, Said, State
from bot.core.errors import CaseChanged
from bot.core.routing import Level, Routing, choose, next_due
from bot.core.team import Team, Worker
from bot.services.cases.case_access import visible
from bot.services.cases.case_change import TRIES, Change
from bot.services.cases.office import Office
from bot.services.cases.staff_cards import StaffCards


class TellStaff:
    """Call it with a case's id: those whom the routing chooses get its card, and the next step gets its time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._cards = StaffCards(office)

    async def __call__(self, case_id: str) -> Routing:
        """Tells of a waiting case at its step, in a transaction of its own. Nobody for one that waits no more.

        Raises CaseChanged when the case does not stay the same for a moment.
        """
        for attempt in range(1, TRIES + 1):
            try:
                return await self._once(case_id)
            except CaseChanged:
                if attempt == TRIES:
                    raise
        raise AssertionError  # the last attempt returned or raised

    async def _once(self, case_id: str) -> Routing:
        office = self._office
        async with office.store.unit() as unit:
            case = await unit.case(case_id)
            if case is None or case.state is not State.WAITING:
                return Routing((), Level.NOBODY)
            change = Change(office, unit, case, "", office.clock())
            routing = await self.within(change)
        change.signal()
        return routing

    async def within(self, change: Change, *, but: Collection[str] = ()) -> Routing:
        """The same within a change that is being made; who is in `but` hears of it only if nobody else does."""
        team = await team_of(change)
        workers = await change.unit.workers()
        load, case = await change.unit.load(), change.case
        others = [worker for worker in workers if worker.id not in but]
        routing = choose(case, team, others, load, change.now)
        if not routing.tell and but:
            routing = choose(case, team, workers, load, change.now)
        by_id = {worker.id: worker for worker in workers}
        await self.these(change, [by_id[worker_id] for worker_id in routing.tell], team)
        if routing.tell:
            await self.topic(change, team)
        due = next_due(case, team, change.now)
        await change.keep(change.case.but(change.now, step=int(routing.level), due_at=due))
        return routing

    async def these(self, change: Change, workers: Sequence[Worker], team: Team, title: str = "") -> None:
        """Gives a case's card to these workers. Who has no Telegram linked sees it on the desk."""
        for worker in workers:
            await change.log("told", worker=worker.id)
            if worker.chat:
                card = await self._cards.of(change.unit, change.case, team, worker, change.now, title)
                await change.post(worker.chat, card)

    async def topic(self, change: Change, team: Team) -> None:
        """Puts the card in the case's topic in the team's group, if it has one."""
        if change.case.thread:
            await change.post(
                change.case.thread, await self._cards.in_topic(change.unit, change.case, team, change.now)
            )

    async def said(self, change: Change, said: Said) -> None:
        """Brings a resident's new message to the case's topic, and to who has the case while they may see it."""
        team = await team_of(change)
        if change.case.thread:
            await change.post(change.case.thread, self._cards.said_in_topic(change.case, team, said))
        worker = await change.unit.worker(change.case.worker) if change.case.worker else None
        if worker is not None and worker.chat and visible(worker, change.case):  # else the watch moves it in a minute
            card = await self._cards.said(change.unit, change.case, team, worker, said, change.now)
            await change.post(worker.chat, card)


async def team_of(change: Change) -> Team:
    """The team of a case, also when it was removed since."""
    return team_in(await change.unit.teams(removed=True), change.case.team)


def team_in(teams: Iterable[Team], team_id: str) -> Team:
    """The team of this id; a nameless one when it is not among them."""
    return next((team for team in teams if team.id == team_id), Team(team_id, team_id))


def told_of(events: Sequence[Event]) -> list[str]:
    """The ids of the workers who were told of a case since it last went into the queue."""
    return _since_queued(events, "told")


def passed_by(events: Sequence[Event]) -> set[str]:
    """The ids of the workers who said "not me" since it last went into the queue."""
    return set(_since_queued(events, "passed"))


def _since_queued(events: Sequence[Event], what: str) -> list[str]:
    found: dict[str, None] = {}
    for event in events:
        if event.what in QUEUED:
            found.clear()
        elif event.what == what:
            found[event.worker] = None
    return list(found)
