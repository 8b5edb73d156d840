"""Logging in: who gets in, who does not, and that nobody can tell why."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import select

from bot.desk.door.check import check
from bot.desk.door.password import Passwords
from bot.store.staff_tables import sessions
from tests.desk.hall import PASSWORD, SECRET, Browser, Hall


async def attempt(hall: Hall, browser: Browser | None = None, **changes: str) -> Browser:
    browser = browser or hall.browser()
    fields = {"email": "samira@wijk.nl", "password": PASSWORD, "code": hall.code()} | changes
    await browser.get("/desk/log-in")
    return await browser.fill("/desk/log-in", **fields)


async def test_a_worker_comes_in_with_address_password_and_code(hall: Hall) -> None:
    browser = await attempt(hall)
    assert (browser.status, browser.at) == (200, "/desk/")
    assert "Samira" in browser.response.text


async def test_the_address_may_be_typed_in_any_letters_and_the_code_with_a_blank(hall: Hall) -> None:
    code = hall.code()
    assert (await attempt(hall, email=" Samira@Wijk.NL ", code=f"{code[:3]} {code[3:]}")).at == "/desk/"


@pytest.mark.parametrize(
    "wrong",
    [{"password": "iets heel anders"}, {"code": "000000"}, {"code": ""}, {"code": "١٢٣٤٥٦"}, {"email": "x@y.nl"}],
    ids=["password", "code", "no code", "code in other digits", "unknown address"],
)
async def test_whatever_is_wrong_the_answer_is_the_same(hall: Hall, wrong: dict[str, str]) -> None:
    browser = await attempt(hall, **wrong)
    assert browser.status == 401
    assert "Dat lukte niet." in browser.words
    assert (await browser.get("/desk/")).at == "/desk/log-in"


class CountingPasswords(Passwords):
    """Counts how often the slow comparison was made."""

    compared = 0

    def _verify(self, kept: str, password: str) -> bool:
        self.compared += 1
        return super()._verify(kept, password)


async def test_for_an_unknown_address_a_password_is_compared_all_the_same(hall: Hall) -> None:
    passwords = CountingPasswords()
    for email in ("samira@wijk.nl", "niemand@wijk.nl"):
        assert (await check(hall.desk, passwords, email, "fout", "")).worker is None
    assert passwords.compared == 2
    assert not await passwords.verify("", "nobody has this password"), "and no password fits nobody"


async def test_many_tries_at_once_do_not_get_past_the_lock(hall: Hall) -> None:
    passwords = Passwords()
    guesses = [check(hall.desk, passwords, "samira@wijk.nl", "fout", "") for _ in range(8)]
    right = check(hall.desk, passwords, "samira@wijk.nl", PASSWORD, hall.code())
    await asyncio.gather(*guesses)
    assert (await right).worker is None


async def test_a_code_works_once_also_when_it_is_used_twice_at_once(hall: Hall) -> None:
    passwords, code = Passwords(), hall.code()
    both = [check(hall.desk, passwords, "samira@wijk.nl", PASSWORD, code) for _ in range(2)]
    verdicts = await asyncio.gather(*both)
    assert sorted(verdict.worker is None for verdict in verdicts) == [False, True]


async def test_a_code_works_once(hall: Hall) -> None:
    code = hall.code()
    assert (await attempt(hall, code=code)).at == "/desk/"
    assert (await attempt(hall, code=code)).status == 401
    hall.clock.move(seconds=30)
    assert (await attempt(hall)).at == "/desk/"


async def test_five_wrong_tries_close_the_account_for_a_quarter_of_an_hour_also_for_the_right_password(
    hall: Hall,
) -> None:
    for _ in range(5):
        await attempt(hall, password="fout")
    refused = await attempt(hall)
    unknown = await attempt(hall, email="niemand@wijk.nl")
    assert refused.status == unknown.status == 401
    assert refused.words == unknown.words
    hall.clock.move(minutes=14)
    assert (await attempt(hall)).status == 401
    hall.clock.move(minutes=2)
    assert (await attempt(hall)).at == "/desk/"


async def test_after_a_lock_there_are_five_tries_again(hall: Hall) -> None:
    for _ in range(5):
        await attempt(hall, password="fout")
    hall.clock.move(minutes=16)
    for _ in range(4):
        await attempt(hall, password="fout")
    assert (await attempt(hall)).at == "/desk/"


async def test_who_left_cannot_come_in_and_is_out_at_once(hall: Hall) -> None:
    browser = await attempt(hall)
    await hall.change("samira", active=False)
    assert (await browser.get("/desk/")).at == "/desk/log-in"
    hall.clock.move(minutes=1)
    assert (await attempt(hall)).status == 401


async def test_the_first_time_a_second_factor_is_set_up(hall: Hall) -> None:
    async with hall.store.unit() as unit:
        await unit.keep_credentials("samira", totp="")
    browser = await attempt(hall, code="")
    assert "Nog één stap" in browser.words
    assert (await browser.get("/desk/")).at == "/desk/log-in", "the password alone opens nothing"
    browser = await attempt(hall, browser, code="")
    await browser.fill("/desk/second-factor", code="123456")
    assert "Deze code klopt niet" in browser.words
    secret = browser.forms["/desk/second-factor"]["secret"][0]
    await browser.fill("/desk/second-factor", code=pyotp.TOTP(secret).at(hall.clock.now))
    assert browser.at == "/desk/"
    hall.clock.move(minutes=1)
    assert (await attempt(hall, code=pyotp.TOTP(secret).at(hall.clock.now))).at == "/desk/"


async def test_the_first_app_that_is_tied_to_an_account_stays(hall: Hall) -> None:
    """Whoever had only the password began before its owner, and goes on after them."""
    async with hall.store.unit() as unit:
        await unit.keep_credentials("samira", totp="")
    thief = await attempt(hall, code="")
    async with hall.store.unit() as unit:
        await unit.keep_credentials("samira", totp=SECRET)
    theirs = thief.forms["/desk/second-factor"]["secret"][0]
    await thief.fill("/desk/second-factor", code=pyotp.TOTP(theirs).at(hall.clock.now))
    assert thief.status == 401
    assert (await attempt(hall)).at == "/desk/"


async def test_who_left_sets_up_no_second_factor(hall: Hall) -> None:
    async with hall.store.unit() as unit:
        await unit.keep_credentials("samira", totp="")
    browser = await attempt(hall, code="")
    await hall.change("samira", active=False)
    secret = browser.forms["/desk/second-factor"]["secret"][0]
    await browser.fill("/desk/second-factor", code=pyotp.TOTP(secret).at(hall.clock.now))
    assert browser.status == 401


async def test_logging_in_makes_a_new_session_and_ends_the_one_before(hall: Hall) -> None:
    browser = await attempt(hall)
    before = browser.client.cookies["desk"]
    hall.clock.move(minutes=1)
    await attempt(hall, browser)
    assert browser.client.cookies["desk"] != before
    assert await hall.store.session(before, hall.clock()) is None


async def test_the_database_holds_no_token(hall: Hall) -> None:
    browser = await attempt(hall)
    async with hall.store._engine.connect() as connection:
        rows = (await connection.execute(select(sessions))).all()
    assert rows
    assert browser.client.cookies["desk"] not in str(rows)


async def test_a_session_lasts_a_working_day(hall: Hall) -> None:
    browser = await attempt(hall)
    for minutes in (5 * 60, 4 * 60 + 59):
        hall.clock.move(minutes=minutes)
        assert (await browser.get("/desk/account")).status == 200
        assert browser.at == "/desk/account"
    hall.clock.move(minutes=2)
    assert (await browser.get("/desk/account")).at == "/desk/log-in"


async def test_logging_out_ends_the_session_in_the_database_too(hall: Hall) -> None:
    browser = await attempt(hall)
    token = browser.client.cookies["desk"]
    await browser.fill("/desk/log-out")
    assert browser.at == "/desk/log-in"
    assert "desk" not in browser.client.cookies
    assert await hall.store.session(token, hall.clock()) is None


async def test_after_logging_in_the_page_that_was_asked_for_opens(hall: Hall) -> None:
    browser = await hall.browser().get("/desk/account")
    assert browser.at == "/desk/log-in"
    await browser.fill("/desk/log-in", email="samira@wijk.nl", password=PASSWORD, code=hall.code())
    assert browser.at == "/desk/account"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/desk/\\evil", "/", "javascript:x"])
async def test_a_log_in_never_leads_out_of_the_desk(hall: Hall, elsewhere: str) -> None:
    browser = hall.browser()
    browser.response = await browser.client.get("/desk/log-in", params={"next": elsewhere})
    fields = {"email": "samira@wijk.nl", "password": PASSWORD, "code": hall.code(), "next": elsewhere}
    assert (await browser.fill("/desk/log-in", **fields)).at == "/desk/"


async def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(hall: Hall) -> None:
    browser = hall.browser(scheme="https")
    await browser.get("/desk/log-in")
    browser.client.follow_redirects = False
    await browser.fill("/desk/log-in", email="samira@wijk.nl", password=PASSWORD, code=hall.code())
    cookie = next(line for line in browser.response.headers.get_list("set-cookie") if line.startswith("desk="))
    for part in ("HttpOnly", "Secure", "SameSite=strict", "Path=/desk", "Max-Age=36000"):
        assert part in cookie


async def test_an_invited_colleague_chooses_a_password_and_an_app_and_is_in(hall: Hall) -> None:
    async with hall.store.unit() as unit:
        await unit.keep_credentials("samira", password_hash="", totp="")
    await hall.give("welkom", "invite", "samira", hours=48)
    browser = await hall.browser().get("/desk/invite/welkom")
    secret = browser.forms["/desk/invite/welkom"]["secret"][0]
    code = pyotp.TOTP(secret).at(hall.clock.now)
    await browser.fill("/desk/invite/welkom", password="te kort", repeated="te kort", code=code)
    assert "minstens 12 tekens" in browser.words
    new = "een heel nieuw wachtwoord"
    await browser.fill("/desk/invite/welkom", password=new, repeated=new + "!", code=code)
    assert "niet hetzelfde" in browser.words
    await browser.fill("/desk/invite/welkom", password=new, repeated=new, code=code)
    assert browser.at == "/desk/"
    again = await hall.browser().get("/desk/invite/welkom")
    secret = again.forms["/desk/invite/welkom"]["secret"][0]
    code = pyotp.TOTP(secret).at(hall.clock.now)
    await again.fill("/desk/invite/welkom", password=new, repeated=new, code=code)
    assert (again.status, "Deze link werkt niet meer" in again.words) == (410, True)


async def test_an_invitation_ends_after_two_days(hall: Hall) -> None:
    await hall.give("welkom", "invite", "samira", hours=48)
    hall.clock.move(hours=49)
    browser = await hall.browser().get("/desk/invite/welkom")
    secret = browser.forms["/desk/invite/welkom"]["secret"][0]
    code = pyotp.TOTP(secret).at(hall.clock.now)
    await browser.fill("/desk/invite/welkom", password=PASSWORD, repeated=PASSWORD, code=code)
    assert browser.status == 410


async def test_an_older_invitation_ends_when_another_one_is_accepted(hall: Hall) -> None:
    await hall.give("lost", "invite", "samira", hours=48)
    await hall.give("found", "invite", "samira", hours=48)
    assert (await accept(hall, "found")).at == "/desk/"
    assert (await accept(hall, "lost")).status == 410


async def test_an_invitation_of_who_left_does_not_come_back_with_them(hall: Hall) -> None:
    await hall.give("lost", "invite", "samira", hours=48)
    fatma = await hall.visitor("fatma")
    for what in ("left", "again"):
        await fatma.get("/desk/people/workers/samira")
        await fatma.fill(f"/desk/people/workers/samira/{what}")
    assert (await accept(hall, "lost")).status == 410


async def accept(hall: Hall, token: str) -> Browser:
    browser = await hall.browser().get(f"/desk/invite/{token}")
    secret = browser.forms[f"/desk/invite/{token}"]["secret"][0]
    code = pyotp.TOTP(secret).at(hall.clock.now)
    return await browser.fill(f"/desk/invite/{token}", password=PASSWORD, repeated=PASSWORD, code=code)


async def test_a_demonstration_offers_its_people_and_nothing_else_does(hall: Hall) -> None:
    plain = await hall.browser().get("/desk/log-in")
    assert "Samira" not in plain.words
    token = plain.forms["/desk/log-in"]["csrf"][0]
    await plain.get("/desk/log-in")
    response = await plain.client.post("/desk/demo/samira", data={"csrf": token})
    assert response.status_code == 404
    demo = replace(hall, desk=replace(hall.desk, demo=("samira",)))
    browser = await demo.browser().get("/desk/log-in")
    assert "Inloggen als Samira (sociaal werker)" in browser.words
    assert (await browser.fill("/desk/demo/samira")).at == "/desk/"
    other = await demo.browser().get("/desk/log-in")
    csrf = other.forms["/desk/log-in"]["csrf"][0]
    assert (await other.client.post("/desk/demo/fatma", data={"csrf": csrf})).url.path == "/desk/log-in"


async def test_an_english_browser_gets_an_english_door(hall: Hall) -> None:
    assert "Log in" in (await hall.browser("en-GB,en").get("/desk/log-in")).words
    assert "Inloggen" in (await hall.browser("fr").get("/desk/log-in")).words


def test_the_secret_of_the_tests_is_one_the_desk_would_make() -> None:
    assert len(pyotp.random_base32()) == len(SECRET)
