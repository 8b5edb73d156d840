from __future__ import annotations

import html
import re
import secrets
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.core.content import Content

from .house import House


@pytest.fixture(scope="session")
def house(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("webchat"), content)
    yield house
    house.close()


class Browser(httpx.Client):
    """A browser as seen from the server: cookies, an origin, and forms. It runs no script."""

    def __init__(self, house: House, language: str = "nl") -> None:
        headers = {"Accept-Language": language, "Accept": "text/html"}
        super().__init__(base_url=house.url, headers=headers, timeout=10)
        self.page = ""
        self.mail: list[tuple[str, str]] = []

    def open(self, address: str = "/?plain=1") -> str:
        self.page = self.get(address).text
        return self.page

    def submit(self, **fields: str) -> httpx.Response:
        """Sends the form on the page, as a press on one of its buttons does."""
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page)
        response = self.from_page("/say", {**dict(hidden), "text": "", **fields})
        self.page = response.text
        return response

    def from_page(self, address: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        return self.post(address, data=fields, headers={"Origin": str(self.base_url).rstrip("/"), **headers})

    def say(self, text: str = "", update: str = "", **fields: str) -> httpx.Response:
        """Sends as the page's script does."""
        body = {"id": update or secrets.token_hex(16), **({"text": text} if text else {}), **fields}
        return self.from_page("/say", body, Accept="application/json")

    def hear(self, until: str, *, acknowledge: bool = True) -> list[str]:
        """Listens until a bubble with this key arrives. Returns the bubbles; fails after ten seconds."""
        bubbles: list[str] = []
        with self.stream("GET", "/events", headers={"Accept": "text/event-stream"}) as stream:
            event: dict[str, Any] = {}
            for line in stream.iter_lines():
                name, _, value = line.partition(": ")
                event[name] = event[name] + "\n" + value if name == "data" and "data" in event else value
                if line:
                    continue
                if event.get("event") == "message":
                    bubbles.append(event["data"])
                    if acknowledge:
                        self.from_page("/seen", {"marks": event["id"]})
                    if f'data-key="{until}"' in event["data"]:
                        return bubbles
                event = {}
        raise AssertionError("the line was closed")

    def seen(self) -> str:
        """The words on the page, as a person reads them."""
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", self.page)))


@pytest.fixture
def browser(house: House) -> Iterator[Browser]:
    with Browser(house) as browser:
        yield browser
