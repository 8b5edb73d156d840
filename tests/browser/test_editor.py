"""The editor of an answer in a real browser: kept while one types, shown as the phone does, small and large."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from bot.core.content import Content
from tests.browser.windows import DESKTOP, PHONE, OpenWindow, unfold, violations, windows
from tests.desk.content.writing_room import WritingRoom, open_room
from tests.desk.hall import open_hall
from tests.desk.house import DeskHouse

PICTOGRAMS = Path(__file__).parent.parent.parent / "responses" / "pictograms"
FLU = "/desk/content/answers/utter_flu_jab"
OpenEditor = OpenWindow


@pytest.fixture(autouse=True)
def thinking_ends() -> None:
    """The chat, whose tests share this folder, is not needed here."""


@dataclass
class Press:
    """A server with an editor, a reviewer, and their newsroom on SQLite."""

    room: WritingRoom
    house: DeskHouse

    @property
    def app(self) -> Starlette:
        return self.room.hall.app


@pytest.fixture
def press(content: Content, tmp_path: Path) -> Iterator[Press]:
    async def furnished() -> WritingRoom:
        room = await open_room(await open_hall(tmp_path, content, serve_unreviewed=True))
        for name in ("eva", "rosa", "erik"):
            await room.hall.visitor(name)
        await room.hall.store.close()  # the server opens it anew, in a loop of its own
        return room

    def picture(request: Request) -> FileResponse:
        return FileResponse(PICTOGRAMS / f"{request.path_params['name']}.svg")

    with ThreadPoolExecutor(1) as apart:  # this thread's loop is the browser's
        room = apart.submit(lambda: asyncio.run(furnished())).result()
    room.hall.app.router.routes.append(Route("/pictogram/{name}.svg", picture))
    press = Press(room, None)  # type: ignore[arg-type]  # the house is next
    press.house = DeskHouse(press)  # type: ignore[arg-type]  # it asks for the app alone
    yield press
    press.house.close()


@pytest.fixture
def visit(chromium: Browser, press: Press) -> Iterator[OpenEditor]:
    """Opens a page as somebody: `visit("eva", FLU + "/nl")`."""
    with windows(chromium, press.house.url) as open_page:

        def open_editor(name: str, address: str = f"{FLU}/nl", **options: object) -> Page:
            return open_page(f"token-of-{name}-", address, **options)

        yield open_editor


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_breaks_a_rule_of_accessibility(visit: OpenEditor, size: dict[str, int], scheme: str) -> None:
    page = visit("eva", viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.locator("#text").fill("Dat is immunogeniciteit! Kom {langs}.")
    expect(page.locator("#found-text li")).not_to_have_count(0)
    expect(page.locator("#saved")).to_contain_text("Bewaard")
    for address in (f"{FLU}/nl", f"{FLU}/ar", f"{FLU}/nl?author=eva"):
        name = "rosa" if "author" in address else "eva"
        page = visit(name, address, viewport=size, color_scheme=scheme, reduced_motion="reduce")
        unfold(page)
        assert not violations(page), address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"


def test_what_is_typed_is_kept_and_shown_without_a_button(visit: OpenEditor) -> None:
    page = visit("eva")
    page.locator("#text").fill("U kiest zelf. Dat is immunogeniciteit of niet!")
    expect(page.locator("#preview .said").first).to_have_text("U kiest zelf. Dat is immunogeniciteit of niet!")
    expect(page.locator("#found-text")).to_contain_text("Er staat een uitroepteken.")
    expect(page.locator("#saved")).to_contain_text("Bewaard")
    page.locator("#found-text .sentence").first.click()
    assert page.evaluate("getSelection().toString()") == "Dat is immunogeniciteit of niet!"
    page.reload()
    expect(page.locator("#text")).to_have_value("U kiest zelf. Dat is immunogeniciteit of niet!")


def test_leaving_at_once_loses_nothing(visit: OpenEditor, press: Press) -> None:
    page = visit("eva")
    page.locator("#text").fill("Net getypt, en meteen weg.")
    page.goto(press.house.url + "/desk/account")
    page.wait_for_timeout(500)
    page.goto(press.house.url + f"{FLU}/nl")
    expect(page.locator("#text")).to_have_value("Net getypt, en meteen weg.")


def test_two_windows_are_told_of_each_other_and_both_texts_stay(visit: OpenEditor) -> None:
    one, two = visit("eva"), visit("eva")
    one.locator("#text").fill("Uit het ene venster.")
    expect(one.locator("#saved")).to_contain_text("Bewaard")
    two.locator("#text").fill("Uit het andere venster.")
    expect(two.locator("#saved")).to_contain_text("ander venster")
    two.get_by_role("button", name="Bewaren").first.click()
    expect(two.locator("#conflict")).to_contain_text("Er is niets weg.")
    expect(two.locator("#text")).to_have_value("Uit het andere venster.")
    two.get_by_role("button", name="Die van hier houden").click()
    expect(two.locator("#text")).to_have_value("Uit het andere venster.")
    expect(two.locator("#conflict")).to_have_count(0)


def test_a_fact_is_put_where_one_was_typing(visit: OpenEditor) -> None:
    page = visit("eva")
    page.locator("#simple").fill("Bel ")
    page.locator('[data-facts="simple"]').click()
    page.locator("#find-fact").fill("alarmnummer")
    page.locator('[data-insert="{emergency_number}"]').click()
    expect(page.locator("#simple")).to_have_value("Bel {emergency_number}")
    expect(page.locator("#preview")).to_contain_text("Bel 112")


def test_a_picture_is_found_by_its_words_and_shown_on_the_phone(visit: OpenEditor) -> None:
    page = visit("eva")
    page.locator("#pictures summary").click()
    page.locator("#find-picture").fill("zwanger")
    expect(page.locator("#pictogram-list > li:visible")).to_have_count(2)  # the one that is chosen stays
    page.locator('input[value="pregnant"]').check()
    expect(page.locator("#preview img").first).to_have_attribute("src", "/pictogram/pregnant.svg")


def test_publishing_in_the_browser_is_live(visit: OpenEditor, press: Press) -> None:
    page = visit("eva")
    page.locator("#text").press("Control+End")
    page.locator("#text").type(" Dat mag.")
    page.locator("#why").fill("Een zin erbij.")
    page.get_by_role("button", name="Publiceren", exact=True).click()
    expect(page.locator(".done")).to_have_text("Gepubliceerd. Bewoners lezen het vanaf nu.")
    assert press.room.says().endswith("Dat mag.")


def test_everything_that_can_be_tapped_is_big_enough(visit: OpenEditor) -> None:
    page = visit("eva", f"{FLU}/ar", viewport={"width": 320, "height": 640})
    unfold(page)
    for thing in page.locator("#edit button:visible, #edit summary, #edit select, #edit textarea, .tongues a").all():
        box = thing.bounding_box()
        assert box is not None
        assert box["height"] >= 44, thing.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
