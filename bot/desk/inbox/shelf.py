"""Which cases a worker sees in the inbox, in which order, and what they search them for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final

from bot.core.case import OPEN, Case, State
from bot.core.content import Content
from bot.core.language import LANGUAGES
from bot.core.normalise import normalise
from bot.core.team import Worker
from bot.desk.inbox.row import Row
from bot.services.case_ports import CaseFile, CaseReads

LIMIT: Final = 200
OVER: Final = (State.CLOSED, State.WITHDRAWN)


class Shelf(StrEnum):
    """A part of the inbox."""

    MINE = "mine"
    TEAM = "team"
    WAITING = "waiting"
    CLOSED = "closed"


def shelf_of(name: str) -> Shelf:
    """The shelf of this name; the team's for any other name."""
    return Shelf(name) if name in set(Shelf) else Shelf.TEAM


async def cases_on(shelf: Shelf, reads: CaseReads, worker: Worker) -> list[Case]:
    """The cases of the worker's teams on a shelf."""
    states = OVER if shelf is Shelf.CLOSED else (State.WAITING,) if shelf is Shelf.WAITING else tuple(OPEN)
    whose = worker.id if shelf is Shelf.MINE else None
    found = await reads.cases(teams=worker.teams, worker=whose, states=states, limit=LIMIT)
    return [case for case in found if case.team in worker.teams]


def in_order(rows: Iterable[Row], shelf: Shelf) -> list[Row]:
    """Urgent and longest waiting first; what is over, the last one first."""
    if shelf is Shelf.CLOSED:
        return sorted(rows, key=lambda row: row.case.closed_at or row.case.changed_at, reverse=True)
    return sorted(rows, key=lambda row: row.order)


async def matching(
    rows: Sequence[Row], asked: str, content: Content, open_file: Callable[[str], Awaitable[CaseFile | None]]
) -> list[Row]:
    """The rows in which every word that is asked for stands: on the row itself, else in what was said."""
    words = normalise(asked).split()
    found = []
    for row in rows:
        missing = [word for word in words if word not in _on_row(row, content)]
        if missing:
            said = _in_file(await open_file(row.case.id))
            missing = [word for word in missing if word not in said]
        if not missing:
            found.append(row)
    return found


def _on_row(row: Row, content: Content) -> str:
    case = row.case
    topics = [labels.topics.get(case.topic, "") for labels in content.labels.values()]
    tongue = LANGUAGES[case.language].name if case.language in LANGUAGES else case.language
    return normalise(" ".join([case.number, *topics, case.topic, row.area, row.team, row.worker, row.language, tongue]))


def _in_file(file: CaseFile | None) -> str:
    if file is None:
        return ""
    return normalise(" ".join(f"{said.text} {said.translation}" for said in file.said))
