"""Every page of the content room in a real browser: no rule of accessibility broken, none wider than its screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from starlette.routing import Mount, Route

from tests.browser.test_editor import OpenEditor, Press, press, thinking_ends, visit
from tests.browser.windows import PHONE, unfold, violations

__all__ = ["press", "thinking_ends", "visit"]  # fixtures

TABLET = {"width": 820, "height": 1180}
FACT, FLU = "/content/entries/fact/flu_jab_age/-", "/content/answers/utter_flu_jab"
# Every address that shows a page → what is looked at there, all without "/desk".
PAGES: Final = {
    "/content": ("/content", "/content?mark=missing&language=tr", "/content?q=koorts", "/content?q=zeppelin"),
    "/content/questions": ("/content/questions",),
    "/content/drafts": ("/content/drafts",),
    "/content/history/{kind}/{key}/{language}": ("/content/history/answer/utter_flu_jab/nl",),
    "/content/answers/{key}/{language}": (f"{FLU}/nl", f"{FLU}/ar", "/content/answers/utter_greet/nl"),
    "/content/entries/{kind}/{key}/{language}": (
        FACT, "/content/entries/term/huisarts/nl", "/content/entries/pressure/words/ar",
        "/content/entries/flag/suicide/nl", "/content/entries/card/pl/-", "/content/entries/label/topics.hpv/tr",
        "/content/entries/topic/flu_jab/-", "/content/entries/examples/flu_jab/nl",
    ),
    "/content/facts": ("/content/facts",),
    "/content/facts/new": ("/content/facts/new?name=Vlag",),
    "/content/words": ("/content/words",),
    "/content/words/new": ("/content/words/new?language=nl",),
    "/content/danger": ("/content/danger",),
    "/content/danger/card": ("/content/danger/card?language=xx",),
    "/content/templates": ("/content/templates",),
    "/content/templates/new": ("/content/templates/new",),
    "/content/topics/new": ("/content/topics/new",),
    "/content/topics/{key}": ("/content/topics/flu_jab", "/content/topics/greet"),
    "/content/topics/{key}/remove": ("/content/topics/flu_jab/remove",),
    "/content/teach": ("/content/teach",),
    "/content/teach/back": ("/content/teach/back",),
    "/content/ask": ("/content/ask",),
    "/content/files": ("/content/files",),
    "/content/read": ("/content/read",),
    "/content/read/recorded": ("/content/read/recorded",),
    "/content/read/{key}/{language}": ("/content/read/utter_flu_jab/ar",),
    "/content/help": ("/content/help",),
    "/audit": ("/audit",),
}  # fmt: skip
NO_PAGES: Final = {
    "/content/asked", "/content/teach/progress",  # parts of a page
    "/content/files/export/{name}", "/translate/{token}/file",  # files
    "/content/entries/answer/{key}/{language}",  # leads on
}  # fmt: skip
ELSEWHERE: Final = {"/content/teach/models/{model_id}"}  # test_teaching_pages.py, where models are
GUEST: Final = {"/translate/{token}", "/translate/{token}/texts/{key}"}
LOOKS = [(PHONE, "light"), (TABLET, "dark")]
by_look = pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["phone", "tablet in the dark"])


def addresses(press: Press) -> Iterator[Route]:
    """The addresses of the room that can be opened."""
    desk = next(route for route in press.app.routes if isinstance(route, Mount))
    for route in desk.routes:
        if not isinstance(route, Route) or "GET" not in (route.methods or ()):
            continue
        if route.path.startswith(("/content", "/audit", "/translate")):
            yield route


def test_no_page_of_the_room_is_forgotten_here(press: Press) -> None:
    routes = {route.path: route for route in addresses(press)}
    assert routes.keys() == PAGES.keys() | NO_PAGES | ELSEWHERE | GUEST
    for path, shown in PAGES.items():
        for address in shown:
            assert routes[path].path_regex.match(address.partition("?")[0]), address


@by_look
def test_no_page_of_an_editor_breaks_a_rule_or_its_width(visit: OpenEditor, size: dict[str, int], scheme: str) -> None:
    page = visit("eva", "/desk/content", viewport=size, color_scheme=scheme, reduced_motion="reduce")
    for shown in PAGES.values():
        for address in shown:
            holds(page, address)


@by_look
def test_no_page_of_a_reviewer_or_a_translator_breaks_a_rule_or_its_width(
    visit: OpenEditor, size: dict[str, int], scheme: str
) -> None:
    look = {"viewport": size, "color_scheme": scheme, "reduced_motion": "reduce"}
    eva = visit("eva", f"/desk{FACT}", **look)
    eva.locator("#value").fill("65")
    expect(eva.locator("#saved")).to_contain_text("Bewaard")
    eva.goto(f"{base(eva)}/content/files")
    eva.locator("#name").fill("Ayşe")
    eva.locator("#language").select_option("ar")
    eva.locator('form[action$="/links"] button').click()
    link = eva.locator("code.copy").inner_text().partition("/desk")[2]
    for address in ("/content/files", link, f"{link.rstrip('/')}/texts/utter_flu_jab"):
        holds(eva, address)
    rosa = visit("rosa", "/desk/content", **look)
    for address in ("/content", "/content/drafts", f"{FACT}?author=eva", "/content/entries/flag/suicide/nl", "/audit"):
        holds(rosa, address)


def base(page: Page) -> str:
    return f"{page.url.partition('/desk')[0]}/desk"


def holds(page: Page, address: str) -> None:
    """The page is there, breaks no rule, and is not wider than this screen or a desktop's."""
    response = page.goto(base(page) + address)
    assert response is not None
    assert response.status in {200, 422}, address
    unfold(page)
    assert violations(page) == "", address
    size = page.viewport_size
    assert size is not None
    for each in (ViewportSize(width=1280, height=900), size):
        page.set_viewport_size(each)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
