"""Who does nothing is logged out, and loses nothing by it: neither the page nor what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import routes
from tests.desk.hall import PASSWORD, Browser, Hall, case_of

WORDS = "Dag mevrouw, ik kom morgen om tien uur bij u langs."
POLLS = (
    {"HX-Request": "true", "Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Mode": "no-cors"},
    {"Accept": "text/event-stream"},
    {"HX-Request": "true"},  # a browser that does not say how it fetches
)


@pytest.fixture(autouse=True)
def half_an_hour(hall: Hall) -> None:
    hall.desk = replace(hall.desk, idle=timedelta(minutes=30))
    hall.app.router.routes[:] = routes(hall.desk)


async def is_in(browser: Browser, **headers: str) -> bool:
    response = await browser.client.get("/desk/account", headers=headers, follow_redirects=False)
    return response.status_code == 200


async def test_who_goes_on_using_the_desk_stays_in(hall: Hall) -> None:
    browser = await hall.log_in("samira")
    for _ in range(10):
        hall.clock.move(minutes=29)
        assert await is_in(browser)


async def test_who_does_nothing_is_out(hall: Hall) -> None:
    browser = await hall.log_in("samira")
    hall.clock.move(minutes=30)
    assert not await is_in(browser)
    assert not await is_in(browser), "and asking does not bring the session back"


@pytest.mark.parametrize("headers", POLLS, ids=str)
async def test_a_page_that_looks_for_news_by_itself_is_no_use(hall: Hall, headers: dict[str, str]) -> None:
    browser = await hall.log_in("samira")
    hall.clock.move(minutes=20)
    assert await is_in(browser, **headers)
    hall.clock.move(minutes=11)
    assert not await is_in(browser)


async def test_sending_something_is_use_also_by_a_script(hall: Hall) -> None:
    browser = await hall.log_in("samira")
    await browser.get("/desk/account")
    token = browser.forms["/desk/account/duty"]["csrf"][0]
    hall.clock.move(minutes=20)
    headers = {"X-CSRF": token, "HX-Request": "true", "Sec-Fetch-Mode": "cors"}
    await browser.client.post("/desk/account/duty", data={"duty": "off"}, headers=headers)
    hall.clock.move(minutes=20)
    assert await is_in(browser)


async def test_use_does_not_make_a_session_longer_than_a_working_day(hall: Hall) -> None:
    browser = await hall.log_in("samira")
    for _ in range(23):
        hall.clock.move(minutes=25)
        assert await is_in(browser)
    hall.clock.move(minutes=25)
    assert not await is_in(browser)


async def test_after_logging_in_one_is_back_on_the_page_with_what_was_searched(hall: Hall) -> None:
    browser = await hall.log_in("samira")
    hall.clock.move(minutes=31)
    await browser.get("/desk/?shelf=closed&q=griep%20prik")
    assert browser.at == "/desk/log-in"
    await browser.fill("/desk/log-in", email="samira@wijk.nl", password=PASSWORD, code=hall.code())
    assert str(browser.response.url).endswith("/desk/?shelf=closed&q=griep%20prik")


async def open_case(hall: Hall) -> Browser:
    async with hall.store.unit() as unit:
        await unit.keep_case(case_of("oost"))
    browser = await hall.log_in("samira")
    return await browser.get("/desk/cases/c1")


async def test_what_was_typed_is_shown_to_be_copied_and_nothing_is_sent(hall: Hall) -> None:
    browser = await open_case(hall)
    hall.clock.move(minutes=31)
    await browser.fill("/desk/cases/c1/reply", text=WORDS)
    assert browser.status == 401
    assert "U bent uitgelogd" in browser.words
    assert WORDS in browser.words
    assert 'href="/desk/log-in?next=/desk/cases/c1"' in browser.response.text
    file = await hall.store.case_file("c1")
    assert file is not None
    assert file.said == ()


async def test_a_form_without_words_leads_back_to_the_page_it_stood_on(hall: Hall) -> None:
    browser = await open_case(hall)
    hall.clock.move(minutes=31)
    await browser.fill("/desk/cases/c1/take")
    assert browser.at == "/desk/log-in"
    await browser.fill("/desk/log-in", email="samira@wijk.nl", password=PASSWORD, code=hall.code())
    assert browser.at == "/desk/cases/c1"


async def test_a_password_is_never_shown(hall: Hall) -> None:
    browser = await hall.log_in("samira")
    await browser.get("/desk/account/password")
    hall.clock.move(minutes=31)
    await browser.fill("/desk/account/password", present=PASSWORD, password="een heel nieuw woord", repeated="nog een")
    assert browser.at == "/desk/log-in"
    assert PASSWORD not in browser.response.text


async def test_what_another_site_makes_a_browser_send_is_not_shown(hall: Hall) -> None:
    browser = await open_case(hall)
    hall.clock.move(minutes=31)
    response = await browser.client.post("/desk/cases/c1/reply", data={"csrf": "guess", "text": WORDS})
    assert WORDS not in response.text


async def test_a_script_that_sends_too_late_gets_no_page(hall: Hall) -> None:
    browser = await open_case(hall)
    fields = browser.forms["/desk/cases/c1/reply"] | {"text": WORDS}
    hall.clock.move(minutes=31)
    response = await browser.client.post("/desk/cases/c1/reply", data=fields, headers={"Sec-Fetch-Mode": "cors"})
    assert (response.status_code, response.text) == (401, "")
