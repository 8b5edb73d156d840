"""A real headless Chromium against the chat on a real port; what it asked of any other place is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from bot.core.content import Content
from tests.channels.webchat.house import House

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
PHONE = {"width": 390, "height": 844}
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def house(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("browser"), content)
    yield house
    house.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: install it with `apt-get install chromium`.")
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)


@pytest.fixture
def asked_elsewhere() -> list[str]:
    """The addresses that any page of this test asked for and that are not on this machine."""
    return []


@pytest.fixture
def new_page(chromium: Browser, house: House, asked_elsewhere: list[str]) -> Iterator[OpenPage]:
    """Opens the chat on a new phone: `new_page(locale="ar")`."""
    contexts: list[BrowserContext] = []

    def open_page(address: str = "/", **options: object) -> Page:
        settings = {"viewport": PHONE, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"} | options
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        context.on(
            "request",
            lambda asked: (
                asked_elsewhere.append(asked.url) if urlsplit(asked.url).hostname not in {"127.0.0.1", None} else None
            ),
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(house.url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not asked_elsewhere, "the page asked another server for something"


@pytest.fixture(autouse=True)
def thinking_ends(house: House) -> Iterator[None]:
    yield
    house.dialogue.thought.set()
    house.dialogue.thought.clear()
