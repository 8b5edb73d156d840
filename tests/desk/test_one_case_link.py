"""The one-tap link from a worker's messages: one case, once, for an hour."""

from __future__ import annotations

import pytest

from tests.desk.hall import Browser, Hall, case_of


@pytest.fixture
async def linked(hall: Hall) -> Hall:
    """Two cases of Samira's team, and a link to the first."""
    async with hall.store.unit() as unit:
        await unit.keep_case(case_of("oost", "c1"))
        await unit.keep_case(case_of("oost", "c2"))
    await hall.give("tap", "login", "samira", "c1", minutes=15)
    return hall


async def tap(hall: Hall, browser: Browser | None = None) -> Browser:
    browser = await (browser or hall.browser()).get("/desk/in/tap")
    return await browser.fill("/desk/in/tap")


async def test_one_tap_opens_the_case(linked: Hall) -> None:
    browser = await tap(linked)
    assert (browser.status, browser.at) == (200, "/desk/cases/c1")


async def test_the_link_works_once(linked: Hall) -> None:
    await tap(linked)
    second = await tap(linked)
    assert second.status == 410
    assert "Deze link werkt niet meer" in second.words


async def test_looking_at_the_link_does_not_use_it_up(linked: Hall) -> None:
    for _ in range(3):
        await linked.browser().get("/desk/in/tap")
    assert (await tap(linked)).at == "/desk/cases/c1"


async def test_the_link_ends_after_a_quarter_of_an_hour(linked: Hall) -> None:
    linked.clock.move(minutes=15)
    assert (await tap(linked)).status == 410


@pytest.mark.parametrize("address", ["/desk/", "/desk/cases/c2", "/desk/account", "/desk/people", "/desk/events"])
async def test_nothing_but_that_case_can_be_seen(linked: Hall, address: str) -> None:
    browser = await (await tap(linked)).get(address)
    assert browser.status == 404
    assert "opent alleen één zaak" in browser.words
    assert "Mijn account" not in browser.response.text


async def test_after_an_hour_it_is_over(linked: Hall) -> None:
    browser = await tap(linked)
    linked.clock.move(minutes=59)
    assert (await browser.get("/desk/cases/c1")).at == "/desk/cases/c1"
    linked.clock.move(minutes=2)
    assert (await browser.get("/desk/cases/c1")).at == "/desk/log-in"


async def test_who_is_logged_in_already_keeps_the_whole_desk(linked: Hall) -> None:
    browser = await tap(linked, await linked.visitor("samira"))
    assert browser.at == "/desk/cases/c1"
    assert (await browser.get("/desk/account")).at == "/desk/account"
    assert (await tap(linked)).status == 410


async def test_a_link_does_not_make_a_worker_of_somebody_else(linked: Hall) -> None:
    browser = await tap(linked, await linked.visitor("wim"))
    assert browser.at == "/desk/cases/c1"
    assert "Samira" in browser.response.text
    assert (await browser.get("/desk/people")).status == 404


async def test_a_link_of_who_left_is_over(linked: Hall) -> None:
    await linked.change("samira", active=False)
    assert (await tap(linked)).status == 410


async def test_a_secret_for_another_purpose_opens_nothing(linked: Hall) -> None:
    await linked.give("telegram", "link", "samira", "c1", minutes=15)
    browser = await linked.browser().get("/desk/in/telegram")
    assert (await browser.fill("/desk/in/telegram")).status == 410


async def test_a_case_of_a_team_that_was_left_is_not_there(linked: Hall) -> None:
    await linked.change("samira", teams=("west",))
    browser = await tap(linked)
    assert (browser.status, browser.at) == (404, "/desk/cases/c1")
