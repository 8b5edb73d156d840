"""What holds for every page of the desk: headers, forms with a token, and rooms that are not there for others."""

from __future__ import annotations

import re

import pytest

from bot.core.team import Role
from bot.desk.security import HEADERS, LARGEST
from bot.desk.session import for_roles
from tests.desk.hall import STAFF, Browser, Hall
from tests.desk.walk import EVERYBODY, all_routes, furnish, may, room

EVERYTHING = frozenset(Role)


async def everywhere(hall: Hall) -> Browser:
    """A browser of somebody with every role, in a furnished hall."""
    await furnish(hall)
    await hall.change("fatma", roles=EVERYTHING)
    return await hall.visitor("fatma")


async def test_every_page_says_what_a_browser_may_do_with_it(hall: Hall) -> None:
    browser = await everywhere(hall)
    for method, address in all_routes(hall):
        if address.endswith("/events"):
            continue  # never ends; it comes through the same guard
        response = await browser.client.request(method, address, follow_redirects=False)
        for name, value in HEADERS.items():
            assert response.headers[name] == value, f"{address}: {name}"


async def test_no_page_needs_what_the_policy_forbids(hall: Hall) -> None:
    browser = await everywhere(hall)
    for method, address in all_routes(hall):
        if method == "GET" and not address.endswith("/events"):
            text = (await browser.get(address)).response.text
            assert not re.search(r"<style|<script(?![^>]*src=)| style=| on\w+=", text), address


async def test_static_files_may_be_kept(hall: Hall) -> None:
    response = await hall.browser().client.get("/desk/static/desk.css")
    assert response.headers["cache-control"] == "public, max-age=86400"
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_every_form_without_its_token_is_refused(hall: Hall) -> None:
    browser = await everywhere(hall)
    for method, address in all_routes(hall):
        if method == "POST":
            for data in ({}, {"csrf": "wrong"}, {"csrf": "wröng"}):
                response = await browser.client.post(address, data=data)
                assert response.status_code == 403, address
    assert await hall.store.worker("samira") == STAFF[0], "nothing was changed"


async def test_the_token_of_another_session_is_refused(hall: Hall) -> None:
    other = await (await hall.visitor("wim")).get("/desk/account")
    token = other.forms["/desk/account/duty"]["csrf"]
    browser = await hall.visitor("samira")
    response = await browser.client.post("/desk/account/duty", data={"csrf": token, "duty": "off"})
    assert response.status_code == 403


async def test_the_token_may_come_in_a_header(hall: Hall) -> None:
    browser = await (await hall.visitor("samira")).get("/desk/account")
    token = browser.forms["/desk/account/duty"]["csrf"][0]
    await browser.client.post("/desk/account/duty", data={"duty": "off"}, headers={"X-CSRF": token})
    worker = await hall.store.worker("samira")
    assert worker is not None
    assert not worker.on_duty


async def test_a_post_from_another_site_is_refused(hall: Hall) -> None:
    browser = await (await hall.visitor("samira")).get("/desk/account")
    fields = browser.forms["/desk/account/duty"]
    response = await browser.client.post("/desk/account/duty", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


async def test_a_form_that_is_huge_is_refused(hall: Hall) -> None:
    browser = await (await hall.visitor("samira")).get("/desk/account")
    fields = browser.forms["/desk/account/duty"] | {"more": "x" * LARGEST}
    assert (await browser.client.post("/desk/account/duty", data=fields)).status_code == 413


@pytest.mark.parametrize("name", [worker.id for worker in STAFF])
async def test_every_route_as_every_role(hall: Hall, name: str) -> None:
    """Who has no business in a room sees nothing there: 404, never 403, and never another team's things."""
    await furnish(hall)
    worker = next(worker for worker in STAFF if worker.id == name)
    browser = await hall.visitor(name)
    token = (await browser.get("/desk/account")).forms["/desk/account/language"]["csrf"]
    for method, address in all_routes(hall):
        if method == "GET" and address.endswith("/events") and worker.roles & {Role.WORKER, Role.COORDINATOR}:
            continue  # never ends for who may listen; the inbox has its own tests
        if room(address) in {"log-out", "account"} and method == "POST":
            continue  # changes who we are
        if room(address) == "translate" and method == "POST":
            continue  # wants a token of its own; tests/desk/content/test_roles.py
        data = {"csrf": token} if method == "POST" else None
        response = await browser.client.request(method, address, data=data, follow_redirects=False)
        theirs = may(worker.roles, address)
        foreign = "oost" not in worker.teams and _is_of_a_team(address)
        if not theirs or foreign:
            assert response.status_code == 404, f"{name} {method} {address}"
        else:
            assert response.status_code != 403, f"{name} {method} {address}"


async def test_without_logging_in_every_room_leads_to_the_door(hall: Hall) -> None:
    for method, address in all_routes(hall):
        if room(address) in EVERYBODY and room(address) != "account":
            continue
        response = await hall.browser().client.request(method, address, follow_redirects=False)
        assert response.status_code == 303, address
        assert response.headers["location"].startswith("/desk/log-in"), address


async def test_a_script_that_is_not_logged_in_gets_no_page(hall: Hall) -> None:
    headers = {"Accept": "text/event-stream"}
    assert (await hall.browser().client.get("/desk/events", headers=headers)).status_code == 401


def test_roles_are_asked_for_by_every_room() -> None:
    assert getattr(for_roles(Role.WORKER)(None), "guarded", False)  # type: ignore[arg-type]


def _is_of_a_team(address: str) -> bool:
    parts = address.split("/")
    return bool({"oost", "samira", "c1"} & set(parts)) and room(address) not in EVERYBODY
