"""Enough for people, not for a flood: what comes too fast is refused in words, and nothing that was typed is lost."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet
from starlette.applications import Starlette
from starlette.requests import Request

from bot.channels.webchat import WebChat, routes
from bot.channels.webchat.collect import Waits
from bot.channels.webchat.fair import Bounds, Fair, home_of
from bot.channels.webchat.visitor import Visitor, new_address
from bot.core.content import Content
from bot.core.message import Kind
from bot.core.served import Served
from bot.gateways.file_vault import FileVault
from bot.gateways.pictures import Pictures
from bot.services.files import Cabinet
from tests.builders import Clock

from .house import CIPHER, ROOT
from .test_files import JPEG, Turns

BOUNDS = Bounds(said=(3, 60), said_at_home=(8, 60), files=(1, 1), files_at_home=(3, 1), open_pages=2, open_at_home=3)
TOWN, OTHER = "85.144.1.1", "85.144.1.2"
PHOTO = {"file": ("brief.jpg", JPEG, "image/jpeg")}


class Street:
    """The chat with small bounds, and people at several addresses on the internet."""

    def __init__(self, content: Content, folder: Path) -> None:
        self.web, self.clock = WebChat(patience=2), Clock()
        self.turns = Turns(self.web)
        self.words = content.labels["nl"].page
        self.app = Starlette(
            routes=routes(
                web=self.web,
                turns=self.turns,
                served=Served(content),
                pictures=Pictures(ROOT / "responses" / "pictograms"),
                cipher=CIPHER,
                clock=self.clock,
                demo=False,
                files=Cabinet(FileVault(folder, (Fernet.generate_key().decode(),)), {}),
                waits=Waits(turn=0.2, first=0.2, further=0.01),
                bounds=BOUNDS,
            )
        )
        self.clients: list[httpx.AsyncClient] = []
        self.count = 0

    async def browser(self, home: str = TOWN) -> httpx.AsyncClient:
        """Somebody who opened the page."""
        headers = {"Origin": "http://chat", "Accept": "application/json", "Accept-Language": "nl"}
        transport = httpx.ASGITransport(self.app, client=(home, 1))
        client = httpx.AsyncClient(transport=transport, base_url="http://chat", headers=headers)
        self.clients.append(client)
        await client.get("/", headers={"Accept": "text/html"})
        return client

    async def say(self, client: httpx.AsyncClient, **more: Any) -> int:
        """As the page's script does."""
        self.count += 1
        data = {"id": f"{self.count:032}", "text": "hoi"}
        return (await client.post("/say", data=data, **more)).status_code


@pytest.fixture
async def street(content: Content, tmp_path: Path) -> AsyncIterator[Street]:
    street = Street(content, tmp_path / "files")
    yield street
    for client in street.clients:
        await client.aclose()
    for task in street.turns.tasks:
        task.cancel()


async def test_who_says_very_much_at_once_waits_a_moment_and_others_do_not(street: Street) -> None:
    one, other = await street.browser(), await street.browser()
    assert [await street.say(one) for _ in range(4)] == [202, 202, 202, 429]
    assert await street.say(other) == 202
    street.clock.move(seconds=1)
    assert await street.say(one) == 202


async def test_many_of_one_home_are_bounded_together_and_another_home_is_not(street: Street) -> None:
    family = [await street.browser() for _ in range(3)]
    said = [await street.say(one) for one in family for _ in range(3)]
    assert said == [202] * 8 + [429]
    assert await street.say(await street.browser(OTHER)) == 202


@pytest.mark.parametrize("home", ["127.0.0.1", "10.0.0.5", "::1", "testclient"])
async def test_a_proxy_that_does_not_say_for_whom_it_asks_bounds_nobody(street: Street, home: str) -> None:
    for _ in range(5):
        one = await street.browser(home)
        assert [await street.say(one) for _ in range(3)] == [202, 202, 202]


async def test_a_second_file_waits_while_words_go_on(street: Street) -> None:
    one = await street.browser()
    assert await street.say(one, files=PHOTO) == 202
    assert await street.say(one, files=PHOTO) == 429
    assert await street.say(one) == 202
    street.clock.move(minutes=1)
    assert await street.say(one, files=PHOTO) == 202
    assert [came.kind for came in street.turns.came] == [Kind.PHOTO, Kind.TEXT, Kind.PHOTO]


async def test_files_of_one_home_are_bounded_together(street: Street) -> None:
    sent = [await street.say(await street.browser(), files=PHOTO) for _ in range(4)]
    assert sent == [202, 202, 202, 429]
    assert await street.say(await street.browser(OTHER), files=PHOTO) == 202


async def test_a_page_without_scripts_says_so_and_keeps_the_words(street: Street) -> None:
    one = await street.browser()
    page = (await one.get("/?plain=1")).text
    for _ in range(2):
        await street.say(one)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    response = await one.post(
        "/say", data={**hidden, "text": "Mijn kind is ziek."}, files=PHOTO, headers={"Accept": "text/html"}
    )
    assert response.status_code == 429
    shown = html.unescape(response.text)
    assert street.words["too_often"] in shown
    assert ">Mijn kind is ziek.</textarea>" in shown
    assert "tel:112" in shown, "and whom to call is there as ever"


async def test_opening_the_page_without_scripts_again_and_again_begins_no_more_talks(street: Street) -> None:
    one = await street.browser()
    statuses = [(await one.get("/?plain=1")).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert len(street.turns.came) == 3


async def test_of_very_many_forms_at_once_the_files_are_not_even_kept_in_memory(street: Street) -> None:
    gate, one = asyncio.Event(), await street.browser()
    crowd = Bounds().forms_at_once

    async def slowly() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n' + b"0" * 32 + b"\r\n"
        await gate.wait()
        yield b"--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    slow = [asyncio.create_task(one.post("/say", content=slowly(), headers=headers)) for _ in range(crowd)]
    while _reading(street) < crowd:  # noqa: ASYNC110 - nothing tells when a form has begun
        await asyncio.sleep(0)
    assert await street.say(one, files=PHOTO) == 429
    assert await street.say(await street.browser(), files=PHOTO) == 202
    gate.set()
    await asyncio.gather(*slow)


def _reading(street: Street) -> int:
    """How many forms are being read now."""
    say = next(route for route in street.app.routes if getattr(route, "path", "") == "/say")
    fair: Fair = say.endpoint.__self__._fair  # type: ignore[attr-defined]
    return max(fair._forms.values(), default=0)


async def first_event(street: Street, client: httpx.AsyncClient, stack: list[asyncio.Task[None]]) -> str:
    """The first word on an open line, which stays open until its task is cancelled."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items()).encode()
    home = client._transport.client[0]  # type: ignore[attr-defined]
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": "/events",
        "raw_path": b"/events", "query_string": b"", "root_path": "", "client": (home, 1), "server": ("chat", 80),
        "headers": [(b"host", b"chat"), (b"cookie", cookie), (b"accept-language", b"nl")],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: Any) -> None:
        if message.get("body"):
            heard.put_nowait(message["body"].decode())

    stack.append(asyncio.create_task(street.app(scope, receive, send)))
    return await asyncio.wait_for(heard.get(), 5)


async def test_of_too_many_open_pages_the_last_is_told_and_can_open_when_one_closes(street: Street) -> None:
    lines: list[asyncio.Task[None]] = []
    one = await street.browser()
    for _ in range(2):
        assert "event: listening" in await first_event(street, one, lines)
    full = await first_event(street, one, lines)
    assert "event: full" in full
    assert street.words["full"] in full
    assert "retry: 30000" in full
    await lines[-1]
    assert "event: listening" in await first_event(street, await street.browser(OTHER), lines)
    assert "event: listening" in await first_event(street, await street.browser(), lines)
    assert "event: full" in await first_event(street, await street.browser(), lines), "three of one home"
    lines[0].cancel()
    await asyncio.gather(lines[0], return_exceptions=True)
    assert "event: listening" in await first_event(street, one, lines)
    for line in lines:
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)


def asking(home: str) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "client": (home, 1)})


def test_one_connection_of_ipv6_is_one_home() -> None:
    assert home_of(asking("2a02:a440:1:2::3")) == home_of(asking("2a02:a440:1:2:ffff::9"))
    assert home_of(asking("2a02:a440:1:2::3")) != home_of(asking("2a02:a440:1:3::3"))


def test_what_is_counted_is_let_go_also_after_an_error() -> None:
    fair, visitor = Fair(Clock(), replace(BOUNDS, forms_at_once=1)), Visitor(new_address(), "nl", known=True)
    with pytest.raises(ZeroDivisionError), fair.form(visitor):
        raise ZeroDivisionError
    with ExitStack() as both:
        assert both.enter_context(fair.form(visitor))
        assert not both.enter_context(fair.form(visitor))
    assert not fair._forms


def test_a_family_and_a_library_are_never_near_the_bounds() -> None:
    bounds = Bounds()
    assert bounds.said[0] >= 60
    assert bounds.said_at_home[0] >= 20 * bounds.said[0]
    assert bounds.files_at_home[0] >= 10 * bounds.files[0]
    assert bounds.open_at_home >= 50 * bounds.open_pages
