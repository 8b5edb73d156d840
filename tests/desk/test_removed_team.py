"""A coordinator removes a team: only when nobody waits for it, and nobody loses what they may read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.core.case import Result
from bot.core.message import Chat
from bot.store.tables import audit
from tests.desk.hall import Browser, Hall, case_of

PAGE = "/desk/people/teams/oost"


async def removing(hall: Hall) -> Browser:
    browser = await (await hall.visitor("fatma")).get(PAGE)
    return await browser.fill(f"{PAGE}/remove", sure="yes")


async def close_a_case(hall: Hall) -> None:
    now = hall.clock()
    async with hall.store.unit() as unit:
        case = case_of("oost")
        await unit.keep_case(case)
        case = case.claimed("samira", now)
        await unit.keep_case(case)
        await unit.keep_case(case.closed(Result.HELPED, now))


async def test_it_is_gone_from_the_desk_and_its_areas_are_free(hall: Hall) -> None:
    browser = await removing(hall)
    assert browser.at == "/desk/people"
    assert "Het team is opgeheven." in browser.words
    assert "Team Oost" not in browser.words
    assert (await browser.get(PAGE)).status == 404
    assert [area.team for area in await hall.store.areas()] == ["west"]
    async with hall.store._engine.connect() as connection:
        rows = (await connection.execute(select(audit.c.worker_id, audit.c.what, audit.c.about))).all()
    assert ("fatma", "removed team", "oost") in [tuple(row) for row in rows]


async def test_another_team_can_take_its_areas(hall: Hall) -> None:
    await removing(hall)
    browser = await (await hall.visitor("wim")).get("/desk/people/teams/west/areas")
    await browser.fill("/desk/people/teams/west/areas", postcode="8911", name="Binnenstad")
    assert {area.postcode: area.team for area in await hall.store.areas()} == {"8911": "west", "8921": "west"}


@pytest.mark.parametrize("taken", [False, True])
async def test_not_while_a_case_is_open(hall: Hall, taken: bool) -> None:
    case = case_of("oost")
    async with hall.store.unit() as unit:
        await unit.keep_case(case)
        if taken:
            await unit.keep_case(case.claimed("samira", hall.clock()))
    browser = await removing(hall)
    assert browser.status == 422
    assert "Dit team heeft open zaken." in browser.words
    assert len(await hall.store.teams()) == 2
    assert len(await hall.store.areas()) == 2


async def test_not_without_being_sure(hall: Hall) -> None:
    browser = await (await hall.visitor("fatma")).get(PAGE)
    await browser.fill(f"{PAGE}/remove")
    assert browser.status == 422
    assert "Vink aan dat u het zeker weet." in browser.words
    assert len(await hall.store.teams()) == 2


async def test_somebody_elses_team_cannot_be_removed(hall: Hall) -> None:
    browser = await (await hall.visitor("wim")).get("/desk/account")
    csrf = browser.forms["/desk/account/duty"]["csrf"]
    response = await browser.client.post(f"{PAGE}/remove", data={"csrf": csrf, "sure": "yes"})
    assert response.status_code == 404
    assert len(await hall.store.teams()) == 2


async def test_its_people_stay_and_read_its_closed_cases_and_others_do_not(hall: Hall) -> None:
    await close_a_case(hall)
    await removing(hall)
    samira = await hall.visitor("samira")
    assert "#C1" in (await samira.get("/desk/?shelf=closed")).words
    assert "Team Oost" in (await samira.get("/desk/cases/c1")).response.text
    assert (await (await hall.visitor("wim")).get("/desk/cases/c1")).status == 404
    worker = await hall.store.worker("samira")
    assert worker is not None
    assert worker.active


async def test_its_coordinator_changes_a_colleague_without_taking_the_closed_cases_from_them(hall: Hall) -> None:
    browser = await removing(hall)
    await browser.fill("/desk/people/teams", name="Team Nieuw")
    new = next(team for team in await hall.store.teams() if team.name == "Team Nieuw")
    await browser.get("/desk/people/workers/samira")
    assert "Team Oost" not in browser.words
    await browser.fill("/desk/people/workers/samira", team=new.id)
    worker = await hall.store.worker("samira")
    assert worker is not None
    assert set(worker.teams) == {"oost", new.id}


async def test_it_is_nobodys_to_hand_a_case_to(hall: Hall) -> None:
    await hall.change("wim", teams=("west", "oost"))
    async with hall.store.unit() as unit:
        await unit.keep_case(case_of("west", "c2"))
    wim = await hall.visitor("wim")
    assert "team:oost" in (await wim.get("/desk/cases/c2")).response.text
    await removing(hall)
    assert "team:oost" not in (await wim.get("/desk/cases/c2")).response.text


async def test_a_case_that_its_resident_opens_again_stays_with_its_worker(hall: Hall) -> None:
    await close_a_case(hall)
    await removing(hall)
    case = await hall.store.case("c1")
    assert case is not None
    async with hall.store.unit() as unit:
        await unit.keep_case(case.reopened(hall.clock(), worker_free=True))
    samira = await hall.visitor("samira")
    assert (await samira.get("/desk/cases/c1")).status == 200
    await hall.desk.work.hand_over((await hall.store.worker("samira")), "c1", "west", "")  # type: ignore[arg-type]
    moved = await hall.store.case("c1")
    assert moved is not None
    assert moved.team == "west"


async def test_only_the_last_team_is_warned_of(hall: Hall) -> None:
    browser = await (await hall.visitor("wim")).get("/desk/people/teams/west")
    assert "Het is het enige team" not in browser.words
    await removing(hall)
    assert "Het is het enige team" in (await browser.get("/desk/people/teams/west")).words


async def test_its_telegram_group_is_left(hall: Hall) -> None:
    team = next(team for team in await hall.store.teams() if team.id == "oost")
    async with hall.store.unit() as unit:
        group = await unit.group_at(Chat("telegram", "-100"), hall.clock())
        await unit.keep_team(replace(team, group=group))
    await removing(hall)
    (kept,) = [team for team in await hall.store.teams(removed=True) if team.id == "oost"]
    assert kept.group == ""
