"""A hundred residents who agree at once, and ten workers who take whatever waits: each case has exactly one owner."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace

import pytest

from bot.core.answer import Voice
from bot.core.case import Case, Draft, State
from bot.core.content import Content
from bot.core.errors import CaseChanged, IllegalMove
from bot.core.served import Served
from bot.core.team import Worker
from bot.services.cases import Cases, cases_of
from bot.services.cases.office import Office
from bot.services.live import Live
from bot.services.translate import Translate
from bot.store.store import SqlStore
from tests.builders import Clock
from tests.store.neighbourhood import BILGAARD, NORTH, somebody

MANY, HANDS = 100, 10
WORKERS = tuple(Worker(f"w{n}", f"w{n}@wijk.nl", f"Worker {n}", teams=(NORTH.id,)) for n in range(HANDS))


@pytest.fixture
async def cases(store: SqlStore, content: Content) -> Cases:
    async with store.unit() as unit:
        await unit.keep_team(replace(NORTH, hours=replace(NORTH.hours, holidays=frozenset())))
        await unit.keep_area(BILGAARD)
        for worker in WORKERS:
            await unit.keep_worker(worker)
    for worker in WORKERS:
        chat = (await somebody(store)).resident.id
        async with store.unit() as unit:
            await unit.link_chat(worker.id, chat)
    office = Office(
        store, Clock(), Live(), Voice(Served(content)), iter("secret" + str(n) for n in range(10**6)).__next__
    )
    return cases_of(office, Translate(None))


async def opened(cases: Cases, resident: str) -> None:
    """What a tap on Send does."""
    draft = Draft("asked", words=("Ik maak me zorgen.",), area=BILGAARD.postcode, agreed=True)
    async with cases.office.store.unit() as unit:
        change, told = await cases.open_case(unit, resident, draft, "nl")
        await unit.post(resident, told, cases.office.clock())
    change.signal()


async def takes_all(cases: Cases, worker: Worker, waiting: list[Case], refused: Counter[str]) -> list[str]:
    """A worker taps Take it on every card, in an order of their own."""
    taken = []
    for case in random.Random(worker.id).sample(waiting, len(waiting)):
        try:
            taken.append((await cases.work.claim(worker, case.id)).id)
        except (IllegalMove, CaseChanged) as error:
            refused[type(error).__name__] += 1
    return taken


async def test_a_hundred_cases_at_once_and_ten_workers_who_take_them(store: SqlStore, cases: Cases) -> None:
    residents = [(await somebody(store)).resident.id for _ in range(MANY)]
    # The second tap of an impatient resident opens nothing more.
    ends = await asyncio.gather(*(opened(cases, who) for who in residents * 2), return_exceptions=True)
    assert Counter(map(type, ends)) == {type(None): MANY, CaseChanged: MANY}
    waiting = await store.cases(states=(State.WAITING,))
    assert {case.resident for case in waiting} == set(residents)
    assert all(case.due_at for case in waiting), "each has its place in the queue"

    refused: Counter[str] = Counter()
    hands = await asyncio.gather(*(takes_all(cases, worker, waiting, refused) for worker in WORKERS))
    taken = Counter(case_id for hand in hands for case_id in hand)
    assert len(taken) == MANY
    assert set(taken.values()) == {1}
    assert sum(refused.values()) == MANY * (HANDS - 1)

    owner = {case_id: worker.id for worker, hand in zip(WORKERS, hands, strict=True) for case_id in hand}
    for case in waiting:
        found = await store.case_file(case.id)
        assert found is not None
        assert (found.case.state, found.case.worker) == (State.CLAIMED, owner[case.id])
        assert [event.worker for event in found.events if event.what == "claimed"] == [owner[case.id]]
    assert await store.load() == Counter(owner.values())
    for who in residents:
        keys = [delivery.outgoing.key for delivery in await store.due_deliveries(who, cases.office.clock())]
        assert keys == ["utter_case_sent", "utter_case_claimed"], "each resident hears of one person, once"
