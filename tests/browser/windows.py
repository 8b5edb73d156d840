"""Windows of a real browser for people who are logged in at the desk, and what is held of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
OpenWindow = Callable[..., Page]


@contextmanager
def windows(chromium: Browser, url: str) -> Iterator[OpenWindow]:
    """Opens a page with a session's cookie: `open_page(cookie, "/desk/")`; what a page complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(cookie: str, address: str, **options: object) -> Page:
        settings = {"viewport": DESKTOP, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"} | options
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        context.add_cookies([{"name": "desk", "value": cookie, "url": url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if "Security Policy" in told.text else None)
        page.goto(url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def unfold(page: Page) -> None:
    """Opens all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")


def violations(page: Page) -> str:
    """The rules of accessibility that a page breaks; "" for none."""
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return "" if not result.violations_count else result.generate_report()
