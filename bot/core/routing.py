"""Who hears of a case, and when the next ones do. Opening hours and holidays count in `next_due`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from bot.core.case import Case, State
from bot.core.hours import after_open_time
from bot.core.team import Role, Team, Worker

AT_ONCE: Final = 3  # who is told of an ordinary case first: more would all leave it to the others
HURRY: Final = 4  # a red flag waits for a quarter of the team's time
_SHORTEST: Final = timedelta(minutes=1)


class Level(IntEnum):
    """How far a case has come; the numbers are those of `Case.step`."""

    FITTING = 0  # those on duty who fit best; of a red flag everybody on duty
    TEAM = 1  # everybody in the team who works today
    COORDINATOR = 2  # the team's coordinators, or when there are none those of any team
    NOBODY = 3  # nobody is left: the resident is told


@dataclass(frozen=True, slots=True)
class Routing:
    """The ids of the workers to tell, who fits best first, and the level at which they were found."""

    tell: tuple[str, ...]
    level: Level


def choose(case: Case, team: Team, workers: Iterable[Worker], load: Mapping[str, int], now: datetime) -> Routing:
    """Who is to hear of a case at its step; when nobody is there, who is at the next one.

    `load` is the number of cases that every worker has. The same input gives the same answer, whatever its order.
    """
    there = sorted(
        (worker for worker in workers if worker.available(now)),
        key=lambda worker: (-fits(case, worker), load.get(worker.id, 0), worker.id),
    )
    for level in list(Level)[min(case.step, Level.NOBODY) :]:
        told = _at_level(level, case, team, there)
        if told:
            return Routing(tuple(worker.id for worker in told), level)
    return Routing((), Level.NOBODY)


def fits(case: Case, worker: Worker) -> int:
    """How well somebody fits a case, 0 to 3: speaking the language counts more than knowing the topic.

    Between those who fit alike goes who has fewest cases, then the first by id (see `choose`).
    """
    return 2 * (case.language in worker.languages) + (bool(case.topic) and case.topic in worker.topics)


def next_due(case: Case, team: Team, now: datetime) -> datetime:
    """When the next step comes: after the team's time in opening hours; for a red flag a quarter of it by the clock."""
    wait = max(timedelta(minutes=team.answer_minutes), _SHORTEST)
    if case.flag:
        return now + max(wait / HURRY, _SHORTEST)
    return after_open_time(team.hours, now, wait)


def order(cases: Iterable[Case], now: datetime) -> list[Case]:
    """Red flags first, then who has waited longest."""
    return sorted(cases, key=lambda case: (case.flag is None, -waited(case, now), case.opened_at, case.id))


def waited(case: Case, now: datetime) -> timedelta:
    """How long the resident has waited for a person to write; nothing when the worker wrote last."""
    if not case.open:
        return timedelta()
    since = _waiting_since(case)
    return max(now - since, timedelta()) if since else timedelta()


def _waiting_since(case: Case) -> datetime | None:
    if case.answered_at is None:
        return case.opened_at
    if case.resident_at and (case.worker_at is None or case.resident_at > case.worker_at):
        return case.resident_at
    return case.worker_at or case.opened_at if case.state is State.WAITING else None


def _at_level(level: Level, case: Case, team: Team, there: Sequence[Worker]) -> Sequence[Worker]:
    """Who is told at one level, of those who are there; best first."""
    ours = [worker for worker in there if team.id in worker.teams]
    match level:
        case Level.FITTING:
            return _fitting(case, [worker for worker in ours if worker.on_duty and Role.WORKER in worker.roles])
        case Level.TEAM:
            return [worker for worker in ours if Role.WORKER in worker.roles]
        case Level.COORDINATOR:
            return _coordinators(ours) or _coordinators(there)
        case Level.NOBODY:
            return []


def _fitting(case: Case, on_duty: list[Worker]) -> list[Worker]:
    if case.flag:
        return on_duty
    speakers = [worker for worker in on_duty if case.language in worker.languages]
    return (speakers or on_duty)[:AT_ONCE]


def _coordinators(workers: Sequence[Worker]) -> list[Worker]:
    return [worker for worker in workers if Role.COORDINATOR in worker.roles]
