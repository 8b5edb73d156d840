"""What workers set for themselves."""

from __future__ import annotations

import re

import pyotp
import pytest

from bot.core.team import Worker
from tests.desk.hall import PASSWORD, Browser, Hall


@pytest.fixture
async def samira(hall: Hall) -> Browser:
    return await (await hall.visitor("samira")).get("/desk/account")


async def worker(hall: Hall) -> Worker:
    found = await hall.store.worker("samira")
    assert found is not None
    return found


async def test_the_screen_speaks_the_language_of_the_worker(samira: Browser) -> None:
    assert "Taal van dit scherm" in samira.words
    await samira.fill("/desk/account/language", language="en")
    assert "Language of this screen" in samira.words
    assert '<html lang="en">' in samira.response.text
    await samira.fill("/desk/account/language", language="xx")
    assert "Language of this screen" in samira.words


async def test_on_duty_and_off(hall: Hall, samira: Browser) -> None:
    await samira.fill("/desk/account/duty")
    assert not (await worker(hall)).on_duty
    await samira.fill("/desk/account/duty")
    assert (await worker(hall)).on_duty


async def test_who_has_no_cases_is_told_of_none(hall: Hall) -> None:
    eva = await (await hall.visitor("eva")).get("/desk/account")
    assert "Taal van dit scherm" in eva.words
    assert "zaken" not in eva.words


async def test_who_is_ill_says_so_and_their_cases_move(hall: Hall, samira: Browser) -> None:
    await samira.fill("/desk/account/away", until="2026-11-23")
    assert hall.moves.of == ["samira"]
    assert "U bent weg tot di 24 nov 2026" in samira.words
    await samira.fill("/desk/account/back")
    assert (await worker(hall)).available(hall.clock.now)


async def test_another_password_asks_for_the_present_one(hall: Hall, samira: Browser) -> None:
    other = await hall.log_in("samira")
    form, new = "/desk/account/password", "een heel ander wachtwoord"
    await samira.get(form)
    await samira.fill(form, present="fout", password=new, repeated=new)
    assert "Dit is niet uw wachtwoord van nu" in samira.words
    await samira.fill(form, present=PASSWORD, password="aaaaaaaaaaaa", repeated="aaaaaaaaaaaa")
    assert "dezelfde tekens" in samira.words
    await samira.fill(form, present=PASSWORD, password=new, repeated=new)
    assert (samira.at, "Bewaard." in samira.words) == ("/desk/account", True)
    assert (await other.get("/desk/account")).at == "/desk/log-in", "other sessions end"
    hall.clock.move(minutes=1)
    assert (await hall.log_in("samira")).status == 401


async def test_guessing_the_password_at_a_desk_left_open_locks_the_account(hall: Hall, samira: Browser) -> None:
    form, new = "/desk/account/password", "een heel ander wachtwoord"
    await samira.get(form)
    for _ in range(5):
        await samira.fill(form, present="fout", password=new, repeated=new)
    await samira.fill(form, present=PASSWORD, password=new, repeated=new)
    assert "Dit is niet uw wachtwoord van nu" in samira.words


async def test_another_telephone_for_the_code(hall: Hall, samira: Browser) -> None:
    form = "/desk/account/second-factor"
    await samira.get(form)
    secret = samira.forms[form]["secret"][0]
    await samira.fill(form, present=PASSWORD, code="000000")
    assert "Deze code klopt niet" in samira.words
    assert samira.forms[form]["secret"] == [secret], "the picture that was scanned stays the same"
    await samira.fill(form, present=PASSWORD, code=pyotp.TOTP(secret).at(hall.clock.now))
    assert samira.at == "/desk/account"
    hall.clock.move(minutes=1)
    assert (await hall.log_in("samira")).status == 401


async def test_the_code_for_telegram_links_the_chat_of_who_sends_it(hall: Hall, samira: Browser) -> None:
    await samira.fill("/desk/account/telegram")
    link = re.search(r"https://t\.me/buurt_bot\?start=([\w-]+)", samira.response.text)
    assert link
    async with hall.store.unit() as unit:
        assert await unit.use_token(link[1], "link", hall.clock.now) == ("samira", "")
        assert await unit.use_token(link[1], "link", hall.clock.now) is None


async def test_a_page_holds_no_secret_of_the_account(samira: Browser) -> None:
    assert "JBSW" not in samira.response.text
    assert "argon2" not in samira.response.text
