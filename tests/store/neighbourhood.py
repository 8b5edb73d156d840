"""Teams, workers and cases that the store tests share."""

from __future__ import annotations

import itertools
import uuid
from datetime import datetime, time
from typing import Any

from bot.core.case import Author, Case, How, Said
from bot.core.message import File, Kind
from bot.core.team import Area, Hours, Role, Span, Team, Worker
from bot.services.ports import Received
from bot.store.store import SqlStore
from tests.store.residents import NOON, message, received

NORTH = Team(
    "north",
    "Team Noord",
    Hours((Span(0, time(9), time(17, 30)), Span(4, time(9), time(12))), frozenset({NOON.date()}), "Europe/Amsterdam"),
    answer_minutes=90,
    phone="14 058",
    walk_in="Elke maandag in de bibliotheek",
    text_in_telegram=True,
)
SOUTH = Team("south", "Team Zuid")
BILGAARD = Area("8918", "Bilgaard", "north", 53.22, 5.8)
SAMIRA = Worker(
    "samira", "samira@wijkteam.example", "Samira", frozenset({Role.WORKER, Role.COORDINATOR}), ("south", "north"),
    languages=("nl", "ar"), topics=("hpv",), neighbourhood="Bilgaard", away_until=NOON,
)  # fmt: skip
PIET = Worker("piet", "piet@wijkteam.example", "Piet", teams=("north",))
_people = itertools.count(1)


async def settle(store: SqlStore) -> None:
    """Two teams, an area and two workers."""
    async with store.unit() as unit:
        for team in (SOUTH, NORTH):
            await unit.keep_team(team)
        await unit.keep_area(BILGAARD)
        for worker in (SAMIRA, PIET):
            await unit.keep_worker(worker)


async def somebody(store: SqlStore, **more: object) -> Received:
    """A resident, or a worker's chat, that nobody had met before."""
    return await received(store, message("ik maak me zorgen", who=f"3169000{next(_people)}", **more))


def a_case(resident: str, opened_at: datetime = NOON, **more: Any) -> Case:
    given = {"team": "north", "language": "ar", "topic": "hpv", "area": "8918"} | more
    return Case(id=uuid.uuid4().hex, resident=resident, opened_at=opened_at, changed_at=opened_at, **given)


async def opened(store: SqlStore, resident: str = "", **more: Any) -> Case:
    """A case that waits, of this resident or of a new one."""
    who = resident or (await somebody(store)).resident.id
    case = a_case(who, **more)
    async with store.unit() as unit:
        await unit.keep_case(case)
    return case


async def keep(store: SqlStore, case: Case) -> Case:
    """The next version of a case, kept."""
    async with store.unit() as unit:
        await unit.keep_case(case)
    return case


def said(text: str = "mijn dochter is bang", author: Author = Author.RESIDENT, **more: Any) -> Said:
    return Said(author, text, "ar", NOON, **more)


PHOTO = File("telegram", "AgACAgQ-file-id", Kind.PHOTO, 2048, "uitslag.jpg")
FULL = {"how": How.CALL, "when": "na vijven, dan slaapt hij", "translator": "LibreTranslate", "follow_up": True}
