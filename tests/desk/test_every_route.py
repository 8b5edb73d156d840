"""Every address of the desk, filled in with another team's things: not there for anybody but that team's own people.

Pages, streams, files and forms alike: 404, never 403, and not a word of it on any page. `test_security.py` walks the
same routes with the things of one's own team, and without logging in.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from starlette.routing import Mount, Route

from bot.core.case import Author, Event, Said
from bot.core.message import File, Kind
from bot.desk import routes
from bot.services.case_ports import CaseFile
from tests.desk.hall import PASSWORD, Browser, Hall, case_of
from tests.desk.street import MemoryFiles

SECRET, CASE = "Een geheim van West.", "ab12cd34"
NUMBER = "#AB12CD"
WEST = {"team_id": "west", "worker_id": "wim", "template_id": "west", "case_id": CASE, "token": "none"}
# What a form of the desk may hold, all at once: valid, so that only the wrong team is a reason to refuse.
FIELDS = {
    "text": "hoi", "note": "hoi", "result": "helped", "to": "team:oost", "name": "Ander", "email": "x@wijk.nl",
    "until": "2026-12-24", "postcode": "8955", "day": "2026-12-25", "nl": "Dag", "password": PASSWORD, "team": "oost",
}  # fmt: skip
STRANGERS = ("samira", "fatma", "eva", "rosa")  # worker and coordinator of Oost, editor, reviewer


@dataclass
class Place:
    """The desk, and the number of the message of West's case that has a file."""

    hall: Hall
    message: int

    def addresses(self) -> Iterator[tuple[str, str]]:
        """(method, address) of every route that names somebody's or something's id, filled in for West."""
        filled = WEST | {"message_id": str(self.message)}
        mount = next(route for route in self.hall.app.routes if isinstance(route, Mount))
        for route in mount.routes:
            if isinstance(route, Route) and set(route.param_convertors) & set(filled) - {"token"}:
                path = re.sub(r"\{(\w+)(:\w+)?\}", lambda match: filled[match[1]], route.path)
                yield from ((method, f"/desk{path}") for method in sorted(route.methods or ()) if method != "HEAD")

    async def file(self) -> CaseFile:
        found = await self.hall.store.case_file(CASE)
        assert found is not None
        return found


@pytest.fixture
async def place(hall: Hall) -> Place:
    hall.desk = replace(hall.desk, files=MemoryFiles())
    hall.app.router.routes[:] = routes(hall.desk)
    photo = File("web", "photo", Kind.PHOTO, 44, "brief.jpg")
    async with hall.store.unit() as unit:
        case = case_of("west", CASE)
        await unit.keep_case(case)
        await unit.log_event(CASE, Event("opened", case.opened_at))
        await unit.keep_phone(CASE, "+31 6 12345678")
        message = await unit.add_said(CASE, Said(Author.RESIDENT, SECRET, "nl", case.opened_at, file=photo))
    return Place(hall, message)


async def token_of(browser: Browser) -> str:
    """What the forms of this session carry."""
    return (await browser.get("/desk/account")).forms["/desk/account/language"]["csrf"][0]


@asynccontextmanager
async def asked(hall: Hall, browser: Browser, address: str) -> AsyncIterator[tuple[int, asyncio.Queue[bytes]]]:
    """(status, what comes) of an address that may never end; whoever asked leaves at the end of the block."""
    cookie = f"desk={browser.client.cookies.get('desk', path='/desk')}".encode()
    headers = [(b"host", b"desk"), (b"cookie", cookie), (b"accept", b"text/event-stream")]
    path, gone = address.encode(), asyncio.Event()
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": address, "raw_path": path,
        "query_string": b"", "root_path": "", "headers": headers, "client": ("1", 1), "server": ("desk", 80),
    }  # fmt: skip
    status: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    chunks: asyncio.Queue[bytes] = asyncio.Queue()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            status.set_result(message["status"])
        elif message.get("body"):
            chunks.put_nowait(message["body"])

    task = asyncio.create_task(hall.app(scope, receive, send))
    try:
        yield await asyncio.wait_for(status, 5), chunks
    finally:
        gone.set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("name", STRANGERS)
async def test_what_is_of_another_team_is_not_there(place: Place, name: str) -> None:
    before, browser = await place.file(), await place.hall.visitor(name)
    csrf, walked = await token_of(browser), 0
    for method, address in place.addresses():
        data = FIELDS | {"csrf": csrf} if method == "POST" else None
        response = await browser.client.request(method, address, data=data, follow_redirects=False)
        assert response.status_code == 404, f"{name} {method} {address}"
        assert SECRET not in response.text
        assert NUMBER not in response.text
        walked += 1
    assert walked > 30, "the walk went through the rooms"
    assert await place.file() == before, "nothing was changed, and nothing was written in the log"
    assert await place.hall.store.worker("wim") == next(w for w in await place.hall.store.workers() if w.id == "wim")
    assert place.hall.moves.of == []


async def test_nobody_is_led_to_the_door_and_learns_nothing(place: Place) -> None:
    browser = place.hall.browser()
    for method, address in place.addresses():
        response = await browser.client.request(method, address, data=FIELDS, follow_redirects=False)
        assert response.status_code == 303, f"{method} {address}"
        assert response.headers["location"].startswith("/desk/log-in")
        assert not response.text


@pytest.mark.parametrize("name", STRANGERS)
async def test_a_case_of_another_team_looks_like_one_that_does_not_exist(place: Place, name: str) -> None:
    browser = await place.hall.visitor(name)
    for path in ("", "/events", f"/files/{place.message}"):
        theirs = await browser.client.get(f"/desk/cases/{CASE}{path}")
        nothing = await browser.client.get(f"/desk/cases/nothing0{path}")
        assert (theirs.status_code, theirs.text) == (nothing.status_code, nothing.text), path


async def test_its_own_people_see_the_page_the_file_and_the_streams(place: Place) -> None:
    for name in ("wim", "both"):
        browser = await place.hall.visitor(name)
        page = await browser.get(f"/desk/cases/{CASE}")
        assert SECRET in page.words
        file = await browser.client.get(f"/desk/cases/{CASE}/files/{place.message}")
        assert (file.status_code, file.headers["content-type"]) == (200, "image/jpeg")
        for address in ("/desk/events", f"/desk/cases/{CASE}/events"):
            async with asked(place.hall, browser, address) as (status, _):
                assert status == 200, address


@pytest.mark.parametrize("name", STRANGERS)
async def test_the_streams_of_a_case_do_not_open_for_others(place: Place, name: str) -> None:
    async with asked(place.hall, await place.hall.visitor(name), f"/desk/cases/{CASE}/events") as (status, _):
        assert status == 404


async def test_the_stream_of_the_list_says_nothing_of_another_teams_case(place: Place) -> None:
    samira, both = await place.hall.visitor("samira"), await place.hall.visitor("both")
    async with (
        asked(place.hall, samira, "/desk/events") as (_, hers),
        asked(place.hall, both, "/desk/events") as (_, theirs),
    ):
        for queue in (hers, theirs):  # the stream begins
            await asyncio.wait_for(queue.get(), 5)
        await asyncio.sleep(0)
        place.hall.desk.live.changed((await place.file()).case)
        told = await asyncio.wait_for(theirs.get(), 5)
        assert told
        assert hers.empty()


async def test_a_file_of_one_case_does_not_open_through_another(place: Place) -> None:
    async with place.hall.store.unit() as unit:
        await unit.keep_case(case_of("oost", "c1"))
    browser = await place.hall.visitor("samira")
    assert (await browser.get("/desk/cases/c1")).status == 200
    assert (await browser.get(f"/desk/cases/c1/files/{place.message}")).status == 404


async def test_who_left_the_team_has_nothing_of_it_from_that_moment_on(place: Place) -> None:
    both = await place.hall.visitor("both")
    assert (await both.get(f"/desk/cases/{CASE}")).status == 200
    await place.hall.change("both", teams=("oost",))
    for path in ("", f"/files/{place.message}"):
        assert (await both.get(f"/desk/cases/{CASE}{path}")).status == 404
    async with asked(place.hall, both, f"/desk/cases/{CASE}/events") as (status, _):
        assert status == 404


async def test_a_session_of_one_case_opens_no_other_of_the_same_team(place: Place) -> None:
    async with place.hall.store.unit() as unit:
        await unit.keep_case(case_of("west", "other"))
    bound = await place.hall.visitor("wim", "other")
    assert (await bound.get("/desk/cases/other")).status == 200
    for method, address in place.addresses():
        response = await bound.client.request(method, address, data=FIELDS, follow_redirects=False)
        assert response.status_code == 404, f"{method} {address}"
