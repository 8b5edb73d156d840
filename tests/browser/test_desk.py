"""The inbox and a case as social workers use them: on a phone and a desktop, by keyboard, live, at night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.core.case import Author, Said, State
from bot.core.content import Content
from bot.core.team import Worker
from tests.browser.windows import DESKTOP, PHONE, OpenWindow, unfold, violations, windows
from tests.desk.house import DeskHouse
from tests.desk.street import FATMA, JAN, SAMIRA, Street

OpenDesk = OpenWindow


@pytest.fixture(autouse=True)
def thinking_ends() -> None:
    """The chat, whose tests share this folder, is not needed here."""


@pytest.fixture
def desk(content: Content) -> Iterator[DeskHouse]:
    street = Street(content, real_time=True)
    street.furnish()
    house = DeskHouse(street)
    yield house
    house.close()


@pytest.fixture
def visit(chromium: Browser, desk: DeskHouse) -> Iterator[OpenDesk]:
    """Opens a page of the desk as somebody: `visit(SAMIRA, "/desk/")`."""
    with windows(chromium, desk.url) as open_page:

        def open_desk(worker: Worker, address: str = "/desk/", **options: object) -> Page:
            return open_page(desk.street.cookie(worker), address, **options)

        yield open_desk


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_breaks_a_rule_of_accessibility(visit: OpenDesk, size: dict[str, int], scheme: str) -> None:
    page = visit(SAMIRA, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    addresses = ["/desk/", "/desk/?q=zeppelin", "/desk/?shelf=closed"]
    cases = ["cccccc33?library=koorts", "bbbbbb22", "dddddd44", "eeeeee55"]
    for address in [*addresses, *(f"/desk/cases/{case}" for case in cases)]:
        page.goto(page.url.partition("/desk")[0] + address)
        unfold(page)
        assert not violations(page), address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"


def test_everything_that_can_be_tapped_is_big_enough(visit: OpenDesk) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33", viewport={"width": 320, "height": 640})
    unfold(page)
    for thing in page.locator("#case button, #case summary, #case select, #case textarea, a.pick, .tick label").all():
        box = thing.bounding_box()
        assert box is not None
        assert box["height"] >= 44, thing.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_a_whole_case_by_keyboard_alone(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA)
    keys = page.keyboard
    keys.press("/")
    expect(page.locator("#search")).to_be_focused()
    keys.type("somber")
    keys.press("Enter")
    expect(page.locator(".cases > li")).to_have_count(1)
    keys.press("j")
    keys.press("Enter")
    expect(page.locator("h1")).to_contain_text("#AAAAAA")
    keys.press("t")
    expect(page.locator(".facts .who")).to_have_text("van u")
    keys.press("w")
    keys.type("Dag! Vertel eens, wat is er?")
    keys.press("Control+Enter")
    expect(page.locator(".said.worker .text")).to_have_text("Dag! Vertel eens, wat is er?")
    expect(page.locator("#text")).to_have_value("")
    keys.press("Escape")
    keys.press("i")
    keys.press("Enter")
    expect(page.locator("#text")).to_have_value("Dag, ik ben er morgen om tien uur weer.")
    keys.press("Control+Enter")
    expect(page.locator(".said.worker")).to_have_count(2)
    keys.press("Escape")
    keys.press("n")
    keys.type("Klinkt eenzaam.")
    keys.press("Control+Enter")
    expect(page.locator(".said.note")).to_contain_text("Klinkt eenzaam.")
    page.locator("h1").click()
    keys.press("c")
    keys.press("Space")
    keys.press("Enter")
    expect(page.locator(".done")).to_have_text("De zaak is gesloten.")
    case = desk.street.store.rows.cases["aaaaaa11"]
    assert (case.state, case.result) == (State.CLOSED, "helped")
    assert desk.street.store.log("aaaaaa11") == ["opened", "claimed", "replied", "replied", "noted", "closed"]


def test_j_and_k_go_through_the_list(visit: OpenDesk) -> None:
    page = visit(SAMIRA)
    for key, number in [("j", "#BBBBBB"), ("j", "#DDDDDD"), ("k", "#BBBBBB"), ("k", "#BBBBBB")]:
        page.keyboard.press(key)
        expect(page.locator("a.open:focus")).to_contain_text(number)
    page.keyboard.press("1")
    expect(page.locator('[aria-current="page"]')).to_have_text("Van mij")


def test_the_keys_can_be_switched_off(visit: OpenDesk) -> None:
    page = visit(SAMIRA)
    page.locator(".keys summary").click()
    page.locator("[data-keys]").uncheck()
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()


def test_a_new_case_comes_to_the_open_list_and_is_told(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA)
    expect(page.locator(".cases > li")).to_have_count(4)
    desk.do(lambda: desk.street.live.changed(desk.street.case("99999977", "Help", 0, topic="stress")))
    expect(page.locator(".cases > li")).to_have_count(5)
    expect(page.locator("#news")).to_have_text("Er is een zaak binnengekomen.")


def test_what_a_resident_writes_comes_to_the_open_page_while_a_draft_stays(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    page.locator("#text").fill("Ik was net aan het")
    page.locator("#hand-over summary").click()

    def write() -> None:
        street = desk.street
        street.say("cccccc33", Said(Author.RESIDENT, "شكرا", "ar", street.clock(), translation="Dank u"))
        street.live.changed(street.store.rows.cases["cccccc33"])

    desk.do(write)
    expect(page.locator("#thread")).to_contain_text("شكرا")
    expect(page.locator("#text")).to_have_value("Ik was net aan het")
    expect(page.locator("#to")).to_be_visible()


def test_what_changes_before_the_page_listens_is_not_missed(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    street = desk.street

    def write_first(route: Route) -> None:
        desk.do(lambda: street.say("cccccc33", Said(Author.RESIDENT, "شكرا", "ar", street.clock())))
        route.continue_()

    page.route("**/cccccc33/events", write_first, times=1)
    page.reload()
    expect(page.locator("#thread")).to_contain_text("شكرا")


def test_a_draft_outlives_the_page_and_is_gone_once_it_is_sent(visit: OpenDesk) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    page.locator("#text").fill("Half af")
    page.reload()
    expect(page.locator("#text")).to_have_value("Half af")
    page.locator("#reply button").click()
    expect(page.locator("#text")).to_have_value("")
    page.reload()
    expect(page.locator(".said.worker .text").last).to_have_text("Half af")
    expect(page.locator("#text")).to_have_value("")


def test_a_draft_is_gone_with_who_logs_out(visit: OpenDesk) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    page.locator("#text").fill("Geheim")
    page.locator(".out button").click()
    page.wait_for_url("**/log-in*")
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:'))") == []


def test_colleagues_see_who_is_writing(visit: OpenDesk) -> None:
    watching = visit(FATMA, "/desk/cases/cccccc33")
    writing = visit(SAMIRA, "/desk/cases/cccccc33")
    writing.locator("#text").press_sequentially("Even")
    expect(watching.locator("#writing")).to_have_text("Samira schrijft …")


def test_who_is_too_late_sees_who_has_it_and_keeps_what_was_typed(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA)
    page.route("**/events*", lambda _: None)  # the page hears nothing: its line never opens
    page.goto(f"{desk.url}/desk/cases/aaaaaa11")
    page.locator("#text").fill("Dag mevrouw")
    cases = desk.street.store.rows.cases

    def take() -> None:
        cases["aaaaaa11"] = replace(cases["aaaaaa11"], state=State.CLAIMED, worker=JAN.id)

    desk.do(take)
    page.locator("#reply button").click()
    expect(page.locator(".alarm")).to_contain_text("Jan heeft deze zaak nu.")
    expect(page.locator(".alarm")).to_be_focused()
    expect(page.locator(".typed")).to_have_text("Dag mevrouw")


def test_a_case_that_goes_to_another_team_leaves_the_open_page(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    cases = desk.street.store.rows.cases
    desk.do(lambda: desk.street.live.changed(cases["cccccc33"]))

    def move() -> None:
        cases["cccccc33"] = replace(cases["cccccc33"], team="west", worker="", state=State.WAITING)
        desk.street.live.changed(cases["cccccc33"])

    desk.do(move)
    expect(page.locator("h1")).to_have_text("Deze pagina is er niet")


def test_the_number_shows_without_leaving_the_page_and_stays_while_it_changes(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    page.locator("#text").fill("Concept")
    page.locator("#phone button").click()
    expect(page.locator("#phone")).to_contain_text("+31 6 12345678")
    desk.do(lambda: desk.street.live.changed(desk.street.store.rows.cases["cccccc33"]))
    expect(page.locator("#log")).to_contain_text("keek naar het telefoonnummer")
    expect(page.locator("#phone")).to_contain_text("+31 6 12345678")
    expect(page.locator("#text")).to_have_value("Concept")


def test_the_library_finds_while_one_types_and_inserts(visit: OpenDesk) -> None:
    page = visit(SAMIRA, "/desk/cases/cccccc33")
    page.locator("#insert summary").click()
    page.locator("#library").press_sequentially("koorts kind")
    page.locator("#found a.pick", has_text="Kind met koorts").click()
    expect(page.locator("#text")).to_be_focused()
    assert len(page.locator("#text").input_value()) > 40


def test_languages_stand_side_by_side_on_a_desktop_and_below_each_other_on_a_phone(visit: OpenDesk) -> None:
    for size, beside in ((DESKTOP, True), (PHONE, False)):
        page = visit(SAMIRA, "/desk/cases/cccccc33", viewport=size)
        cells = page.locator(".said.resident").first.locator(".cell")
        original, machine = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
        assert original
        assert machine
        assert (original["y"] == machine["y"]) == beside
        assert page.locator(".said.resident .text").first.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_without_javascript_a_case_is_taken_answered_and_closed(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(SAMIRA, "/desk/", java_script_enabled=False, viewport=PHONE)
    page.get_by_role("link", name="#AAAAAA").click()
    page.get_by_role("button", name="Deze zaak nemen").click()
    page.locator("#text").fill("Dag!")
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator(".said.worker")).to_contain_text("Dag!")
    page.locator("#close summary").click()
    page.get_by_label("Geholpen").check()
    page.locator("#close button").click()
    expect(page.locator(".done")).to_have_text("De zaak is gesloten.")
    assert desk.street.store.rows.cases["aaaaaa11"].state is State.CLOSED
