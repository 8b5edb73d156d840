"""Every page of the content room in a real browser: no rule of accessibility broken, none wider than its screen."""

from __future__ import annotations

import pytest

from tests.browser.test_editor import OpenEditor, press, thinking_ends, visit
from tests.browser.windows import DESKTOP, PHONE, unfold, violations

__all__ = ["press", "thinking_ends", "visit"]  # fixtures

TABLET = {"width": 820, "height": 1180}
ROOM = "/desk/content"
PAGES = (
    ROOM, f"{ROOM}?mark=missing&language=tr", f"{ROOM}?q=koorts", f"{ROOM}/drafts", f"{ROOM}/facts",
    f"{ROOM}/entries/fact/flu_jab_age/-", f"{ROOM}/words", f"{ROOM}/entries/term/huisarts/nl",
    f"{ROOM}/entries/pressure/words/ar", f"{ROOM}/danger", f"{ROOM}/entries/flag/suicide/nl",
    f"{ROOM}/entries/card/pl/-", f"{ROOM}/templates", f"{ROOM}/files", f"{ROOM}/read", f"{ROOM}/help",
    f"{ROOM}/history/answer/utter_flu_jab/nl", f"{ROOM}/topics/flu_jab",
)  # fmt: skip


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_no_page_of_the_room_breaks_a_rule_or_its_width(visit: OpenEditor, size: dict[str, int]) -> None:
    page = visit("eva", ROOM, viewport=size, reduced_motion="reduce")
    base = page.url.removesuffix(ROOM)
    for address in PAGES:
        response = page.goto(base + address)
        assert response is not None
        assert response.status == 200, address
        unfold(page)
        assert violations(page) == "", address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
