"""A team that was removed: nothing new comes to it, and it goes when its last case does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.case import Result, State
from bot.core.team import Area, Template
from bot.store.store import SqlStore
from bot.store.tables import memberships, teams, templates
from tests.store.neighbourhood import BILGAARD, NORTH, SAMIRA, SOUTH, keep, opened, settle
from tests.store.residents import DAY, NOON


@pytest.fixture(autouse=True)
async def removed(store: SqlStore) -> None:
    await settle(store)
    async with store.unit() as unit:
        await unit.keep_area(Area("8911", "Binnenstad", "south"))
        await unit.keep_template(Template("hello", "north", "Groet", {"nl": "Dag."}))
        await unit.remove_team("north", NOON)


async def test_it_is_no_team_to_choose_any_more_but_still_has_its_name(store: SqlStore) -> None:
    assert await store.teams() == [SOUTH]
    assert NORTH in await store.teams(removed=True)


async def test_its_areas_are_free_and_others_stay(store: SqlStore) -> None:
    assert [area.postcode for area in await store.areas()] == ["8911"]
    async with store.unit() as unit:
        await unit.keep_area(replace(BILGAARD, team="south"))
    assert len(await store.areas()) == 2


async def test_keeping_it_once_more_does_not_bring_it_back(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.keep_team(replace(NORTH, answer_minutes=1))
    assert await store.teams() == [SOUTH]


async def test_its_people_and_its_closed_case_stay_until_the_case_goes(store: SqlStore, rows) -> None:
    waiting = await opened(store)
    case = await keep(store, waiting.claimed("samira", NOON))
    case = await keep(store, case.closed(Result.HELPED, NOON))
    await store.clean_up(NOON + 365 * DAY, keep=30 * DAY)
    assert await store.worker("samira") == SAMIRA
    assert [one.id for one in await store.cases(teams=("north",), states=(State.CLOSED,))] == [case.id]
    await store.clean_up(NOON + 366 * DAY, keep=30 * DAY)
    assert await rows("teams", teams.c.id == "north") == 0
    assert await rows("memberships", memberships.c.team_id == "north") == 0
    assert await rows("templates", templates.c.team_id == "north") == 0
    found = await store.worker("samira")
    assert found is not None
    assert "north" not in found.teams


async def test_without_a_case_it_goes_at_once_and_other_teams_never(store: SqlStore) -> None:
    await store.clean_up(NOON, keep=30 * DAY)
    assert await store.teams(removed=True) == [SOUTH]
