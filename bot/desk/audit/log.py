"""The page of what was done: newest first, of one person, kind or day if that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from bot.core.deed import Deed, Wanted
from bot.core.taught import BY_CLOCK
from bot.core.team import Worker
from bot.desk import page
from bot.desk.audit.about import About, Abouts
from bot.desk.audit.sentences import LABELS, SAID, Group, sentence_of
from bot.desk.audit.sight import people_in, sight_of
from bot.desk.content.entry_names import Names, by_link
from bot.desk.desk import Desk, desk_of

ON_A_PAGE: Final = 50
_FURTHEST: Final = 10_000  # pages: more than two years fill
_NOBODY: Final = "Somebody who is not here any more"
_NO_PEOPLE: Final = {
    "": "The assistant",
    BY_CLOCK: "The assistant",
    "command line": "Who runs the server",
}
_BY_LINK: Final = "A translator with a link"


@dataclass(frozen=True, slots=True)
class Line:
    """One deed for people, or several alike one after the other. `who` or `stand_in`, an English word, did it."""

    at: datetime
    sentence: str
    who: str
    stand_in: str
    about: About
    times: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose; "" and None for all."""

    by: str
    group: str
    day: date | None
    number: int

    @classmethod
    def of(cls, request: Request) -> Asked:
        """From the address; what cannot be read counts as not chosen."""
        given = request.query_params
        group, number = given.get("kind", ""), given.get("page", "")
        known = number.isascii() and number.isdigit() and len(number) <= len(str(_FURTHEST))
        return cls(
            by=given.get("who", "")[:40],
            group=group if group in set(Group) else "",
            day=_day(given.get("day", "")),
            number=min(max(int(number), 1), _FURTHEST) if known else 1,
        )

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """The same for the store; a day is one where the desk is."""
        since = datetime.combine(self.day, time(), zone) if self.day else None
        until = datetime.combine(self.day + timedelta(days=1), time(), zone) if self.day else None
        return Wanted(self.by, frozenset(SAID[Group(self.group)]) if self.group else None, since, until)


async def show(request: Request, worker: Worker) -> Response:
    """A page of the log. Reading it writes nothing."""
    desk, asked = desk_of(request), Asked.of(request)
    zone, workers = ZoneInfo(desk.zone), await desk.store.workers()
    sight = sight_of(worker, workers, await desk.store.teams(removed=True))
    skip = (asked.number - 1) * ON_A_PAGE
    found = await desk.store.deeds(sight, asked.wanted(zone), skip=skip, limit=ON_A_PAGE + 1)
    lines = _lines(found[:ON_A_PAGE], await _abouts(desk, worker, workers), workers, zone)
    days = [(day, list(same)) for day, same in groupby(lines, lambda line: line.at.date())]
    return page.render(
        request,
        "audit/log.html",
        days=days,
        asked=asked,
        more=len(found) > ON_A_PAGE,
        people=people_in(sight, worker, workers),
        kinds={group: LABELS[group] for group in Group if _may_ask(group, sight.whats, leads=bool(sight.people))},
    )


def _may_ask(group: Group, whats: frozenset[str], *, leads: bool) -> bool:
    return leads or bool(whats & set(SAID[group]))


async def _abouts(desk: Desk, worker: Worker, workers: Sequence[Worker]) -> Abouts:
    store = desk.store
    return Abouts(
        worker,
        Names(desk.content, worker.language),
        workers=workers,
        teams=await store.teams(removed=True),
        standing=await store.teams(),
        templates=await store.templates(),
    )


def _lines(deeds: Iterable[Deed], abouts: Abouts, workers: Iterable[Worker], zone: ZoneInfo) -> list[Line]:
    """The same done again and again, as a draft is saved while somebody types, is one line."""
    names = {worker.id: worker.name for worker in workers}
    lines = []
    local = (replace(deed, at=deed.at.astimezone(zone)) for deed in deeds)
    for _, alike in groupby(local, lambda deed: (deed.at.date(), deed.by, deed.what, deed.about, deed.case)):
        first, *others = alike
        who = names.get(first.by, "")
        stand_in = "" if who else _BY_LINK if by_link(first.by) else _NO_PEOPLE.get(first.by, _NOBODY)
        about = abouts.of(first)
        lines.append(Line(first.at, sentence_of(first.what), who, stand_in, about, len(others) + 1))
    return lines


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min < day < date.max else None
