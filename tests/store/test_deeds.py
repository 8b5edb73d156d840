"""Both logs as one, newest first, and no further than somebody sees."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import pytest

from bot.core.case import Case, Event
from bot.core.deed import Sight, Wanted
from bot.store.store import SqlStore
from tests.store.neighbourhood import opened, settle
from tests.store.residents import NOON

ALL = Wanted()
NORTH = Sight(frozenset({"samira"}), frozenset({"north"}), hidden=frozenset({"piet", "south"}))
TEXTS = Sight(whats=frozenset({"published"}))
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def case(store: SqlStore) -> Case:
    """What was done in two teams, minute by minute; and a case of each."""
    await settle(store)
    north, south = await opened(store, team="north"), await opened(store, team="south")
    deeds = [
        ("samira", "logged in", ""),
        ("piet", "logged in", ""),
        ("samira", "published", "answer utter_flu_jab nl"),
        ("piet", "published", "answer utter_flu_jab tr"),
        ("samira", "kept area", "8918 north"),
        ("samira", "kept area", "8911 south"),
        ("piet", "changed worker", "samira"),
        ("samira", "changed worker", "piet"),
        ("samira", "logged in", north.id),
    ]
    async with store.unit() as unit:
        for number, (who, what, about) in enumerate(deeds):
            await unit.audit(who, what, about, NOON + number * MINUTE)
        for number, (case_id, who, what) in enumerate(
            [(north.id, "samira", "claimed"), (south.id, "piet", "phone"), ("gone", "samira", "closed")]
        ):
            await unit.log_event(case_id, Event(what, NOON + (20 + number) * MINUTE, who))
    return north


async def seen(store: SqlStore, sight: Sight, wanted: Wanted = ALL, **part: int) -> list[tuple[str, str, str]]:
    return [(deed.by, deed.what, deed.about) for deed in await store.deeds(sight, wanted, **part)]


def whats(deeds: Collection[tuple[str, str, str]]) -> list[str]:
    return [what for _, what, _ in deeds]


async def test_a_coordinator_sees_own_people_own_team_and_own_cases_newest_first(store: SqlStore, case: Case) -> None:
    assert await seen(store, NORTH) == [
        ("samira", "closed", ""),
        ("samira", "claimed", ""),
        ("samira", "logged in", case.id),
        ("piet", "changed worker", "samira"),
        ("samira", "kept area", "8918 north"),
        ("samira", "published", "answer utter_flu_jab nl"),
        ("samira", "logged in", ""),
    ]


async def test_a_deed_in_a_case_tells_which_case_and_of_which_team_it_is_now(store: SqlStore, case: Case) -> None:
    gone, claimed, logged_in, *_ = await store.deeds(NORTH, ALL)
    assert (gone.case, gone.team) == ("gone", "")
    assert (claimed.case, claimed.team) == (case.id, "north")
    assert (logged_in.case, logged_in.about, logged_in.team) == ("", case.id, "north")


@pytest.mark.usefixtures("case")
async def test_an_editor_sees_texts_whoever_wrote_them_and_no_case(store: SqlStore) -> None:
    assert [who for who, what, _ in await seen(store, TEXTS)] == ["piet", "samira"]
    assert set(whats(await seen(store, TEXTS))) == {"published"}


@pytest.mark.usefixtures("case")
async def test_who_sees_nothing_sees_nothing(store: SqlStore) -> None:
    assert await seen(store, Sight()) == []


@pytest.mark.usefixtures("case")
async def test_one_may_ask_for_a_person_for_kinds_and_for_a_time(store: SqlStore) -> None:
    assert await seen(store, NORTH, Wanted(by="piet")) == [("piet", "changed worker", "samira")]
    both = Wanted(whats=frozenset({"claimed", "kept area"}))
    assert whats(await seen(store, NORTH, both)) == ["claimed", "kept area"]
    assert whats(await seen(store, NORTH, Wanted(whats=frozenset()))) == []
    middle = Wanted(since=NOON + 4 * MINUTE, until=NOON + 6 * MINUTE)
    assert whats(await seen(store, NORTH, middle)) == ["kept area"]


@pytest.mark.usefixtures("case")
async def test_pages_follow_each_other_without_a_gap(store: SqlStore) -> None:
    whole = await seen(store, NORTH)
    pages = [await seen(store, NORTH, skip=skip, limit=3) for skip in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [deed for page in pages for deed in page] == whole


async def test_a_case_that_went_to_another_team_is_no_longer_seen(store: SqlStore, case: Case) -> None:
    async with store.unit() as unit:
        await unit.keep_case(case.handed_over("south", "", NOON))
    assert "claimed" not in whats(await seen(store, NORTH))
