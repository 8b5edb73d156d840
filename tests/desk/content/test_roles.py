"""Who may be where in the content room: every address, every role; and what a translator's link opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.core.entry import Kind, Ref
from bot.core.revision import TranslatorLink
from bot.core.team import Role
from tests.desk.hall import Browser, Hall
from tests.desk.walk import GUEST, content_routes, furnish, may, room

TRANSLATE = f"/desk/translate/{GUEST}"
ROLES = {
    "worker": frozenset({Role.WORKER}),
    "coordinator": frozenset({Role.WORKER, Role.COORDINATOR}),
    "editor": frozenset({Role.EDITOR}),
    "reviewer": frozenset({Role.REVIEWER}),
    "no role at all": frozenset(),
}


@pytest.fixture
async def house(hall: Hall) -> Hall:
    await furnish(hall)
    return hall


async def csrf_of(browser: Browser, address: str) -> str:
    """What the forms of this browser carry."""
    return next(iter((await browser.get(address)).forms.values()))["csrf"][0]


async def ask(browser: Browser, method: str, address: str, csrf: str) -> tuple[int, str]:
    """(status, where it leads) of an address, asked with the token of its forms."""
    data = {"csrf": csrf, "language": "nl"} if method == "POST" else None
    response = await browser.client.request(method, address, data=data, follow_redirects=False)
    return response.status_code, response.headers.get("location", "")


@pytest.mark.parametrize("name", ROLES)
async def test_every_address_is_there_for_its_roles_and_for_no_other(house: Hall, name: str) -> None:
    await house.change("samira", roles=ROLES[name])
    browser = await house.visitor("samira")
    csrf, walked = await csrf_of(browser, "/desk/account") if ROLES[name] else "", 0
    for method, address in content_routes(house):
        if room(address) == "translate":
            continue
        status, _ = await ask(browser, method, address, csrf)
        there = bool(ROLES[name]) and may(ROLES[name], address)
        assert (status != 404) is there, f"{name} {method} {address}: {status}"
        assert status not in {403, 405, 500}, f"{name} {method} {address}"
        walked += 1
    assert walked > 60


async def test_who_is_not_logged_in_is_led_to_the_door(house: Hall) -> None:
    for method, address in content_routes(house):
        if room(address) != "translate":
            status, led = await ask(house.browser(), method, address, "")
            assert (status, led.partition("?")[0]) == (303, "/desk/log-in"), f"{method} {address}"


async def test_a_session_of_one_case_opens_nothing_of_the_content_room(house: Hall) -> None:
    await house.change("samira", roles=frozenset(Role))
    csrf = await csrf_of(await house.visitor("samira"), "/desk/account")
    browser = await house.visitor("samira", "c1")
    assert (await browser.get("/desk/cases/c1")).status == 200
    for method, address in content_routes(house):
        if room(address) != "translate":
            assert (await ask(browser, method, address, csrf))[0] == 404, f"{method} {address}"


async def test_who_lost_the_role_has_nothing_of_it_from_that_moment_on(house: Hall) -> None:
    eva = await house.visitor("eva")
    csrf = await csrf_of(eva, "/desk/content/facts")
    await house.change("eva", roles=frozenset({Role.WORKER}))
    for method, address in content_routes(house):
        if room(address) == "content" and not address.startswith("/desk/content/read"):
            assert (await ask(eva, method, address, csrf))[0] == 404, f"{method} {address}"


@pytest.mark.parametrize("name", ["samira", "fatma"])
async def test_no_page_for_workers_leads_where_they_may_not_be(house: Hall, name: str) -> None:
    browser = await house.visitor(name)
    for address in ("/desk/content/read", "/desk/content/read/recorded", "/desk/content/read/utter_flu_jab/nl"):
        page = (await browser.get(address)).response.text
        for link in sorted(set(re.findall(r'(?:href|action)="(/desk/content[^"#?]*)', page))):
            assert may(frozenset({Role.WORKER}), link), f"{address} leads to {link}"


async def test_every_form_of_a_stranger_or_without_its_token_is_refused(house: Hall) -> None:
    """Also those of translators, whose pages nobody logs in for."""
    eva, guest = await house.visitor("eva"), house.browser()
    await guest.get(TRANSLATE)
    of_another = await csrf_of(await house.visitor("rosa"), "/desk/account")
    for method, address in content_routes(house):
        if method == "POST":
            browser = guest if room(address) == "translate" else eva
            for wrong in ("", "wrong", of_another):
                assert (await ask(browser, method, address, wrong))[0] == 403, f"{address} {wrong}"
    assert await house.store.drafts() == []
    assert len(await house.store.translator_links(house.clock())) == 2


async def test_the_link_of_a_translator_opens_its_own_pages_and_nothing_else(house: Hall) -> None:
    guest = house.browser()
    csrf = await csrf_of(guest, TRANSLATE)
    for method, address in content_routes(house):
        status, led = await ask(guest, method, address, csrf)
        if room(address) == "translate":
            assert status in {200, 303, 422}, f"{method} {address}: {status}"
        else:
            assert led.startswith("/desk/log-in"), f"{method} {address}"
    assert (await guest.get("/desk/")).at == "/desk/log-in"


@pytest.mark.parametrize("which", ["unknown", "expired", "taken back", "of a language that is gone"])
async def test_a_link_that_does_not_work_looks_like_one_that_never_was(house: Hall, which: str) -> None:
    token = GUEST
    guest = house.browser()
    csrf = await csrf_of(guest, TRANSLATE)
    if which == "unknown":
        token = "nothing"
    if which == "expired":
        house.clock.move(days=14)
    async with house.store.unit() as unit:
        if which == "taken back":
            await unit.end_translator_link("guest")
        if which == "of a language that is gone":
            token = "tigrinya"
            ends = house.clock() + timedelta(days=1)
            await unit.give_translator_link(TranslatorLink("ti", "ti", "Selam", "eva", ends), token)
    for method, address in content_routes(house):
        if room(address) == "translate":
            data = {"csrf": csrf, "text": "Merhaba"} if method == "POST" else None
            never = await guest.client.request(method, address.replace(GUEST, "never"), data=data)
            response = await guest.client.request(method, address.replace(GUEST, token), data=data)
            assert (response.status_code, response.text) == (404, never.text), f"{method} {address}"
    assert await house.store.drafts() == []


async def test_a_translator_writes_in_their_own_language_alone(house: Hall) -> None:
    guest, dutch = house.browser(), Ref(Kind.ANSWER, "utter_flu_jab", "nl")
    csrf = await csrf_of(guest, f"{TRANSLATE}/texts/utter_flu_jab")
    sent = {"csrf": csrf, "text": "Merhaba.", "language": "nl", "kind": "fact", "author": "eva", "key": "utter_greet"}
    await guest.client.post(f"{TRANSLATE}/texts/utter_flu_jab?language=ar", data=sent)
    assert [(one.ref, one.author) for one in await house.store.drafts()] == [
        (Ref(Kind.ANSWER, "utter_flu_jab", "tr"), "link:guest")
    ]
    for other in ("utter_flu_jab/nl", "utter_flu_jab%2Far", "../../../content/facts", "utter_nothing"):
        assert (await guest.get(f"{TRANSLATE}/texts/{other}")).status in {404, 200}
        assert guest.at == "/desk/log-in" or guest.status == 404, other
    assert await house.store.drafts(dutch) == []


async def test_a_translator_sees_no_draft_of_others(house: Hall) -> None:
    turkish = Ref(Kind.ANSWER, "utter_flu_jab", "tr")
    worker, editing = await house.store.worker("eva"), house.desk.editing
    assert worker is not None
    body = house.desk.content.answers["utter_flu_jab", "tr"]
    sheet = await editing.sheet(worker, turkish)
    hers = type(body)(body.key, body.language, "Gizli bir taslak.")
    await editing.save(worker, turkish, hers, base=sheet.base, seen=0)
    page = await house.browser().get(f"{TRANSLATE}/texts/utter_flu_jab")
    assert page.status == 200
    assert "Gizli" not in page.response.text
    other = await house.browser().get("/desk/translate/another-token/texts/utter_flu_jab")
    assert "Gizli" not in other.response.text
