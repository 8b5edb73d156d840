"""The pages that teach, and the panel to ask as a resident, in a real browser on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from bot.core.content import Content
from bot.core.taught import Comparison, ModelState
from bot.services.teaching import AskedGroup
from tests.browser.windows import DESKTOP, PHONE, OpenWindow, unfold, violations, windows
from tests.desk.content.school import COMPARISON, EXPLANATION, School, furnish, question
from tests.desk.house import DeskHouse
from tests.desk.street import EVA, Street

TEACH, QUESTIONS, ASK = "/desk/content/teach", "/desk/content/questions", "/desk/content/ask"
FLU = "/desk/content/topics/flu_jab"
PAGES = [
    TEACH,
    f"{TEACH}/models/bad",
    f"{TEACH}/back",
    QUESTIONS,
    ASK,
    "/desk/content/topics/new",
    FLU,
    f"{FLU}/remove",
]
OpenDesk = OpenWindow


@pytest.fixture(autouse=True)
def thinking_ends() -> None:
    """The chat, whose tests share this folder, is not needed here."""


@pytest.fixture
def street(content: Content) -> Street:
    return Street(content, real_time=True)


@pytest.fixture
def school(street: Street) -> School:
    school, _ = furnish(street)
    school.explanation = EXPLANATION
    school.files["flu_jab", "nl"] = ("wat kost de griepprik",)
    school.taught["flu_jab", "ar"] = ("متى لقاح الإنفلونزا",)
    school.open = [
        AskedGroup(
            (question(9, "Waar is de huisarts?"), question(7, "أين الطبيب؟", "ar")), ("gp_how", "gp_out_of_hours")
        ),
        AskedGroup((question(2, "Hoe laat is het zwembad open?"),)),
    ]
    refused = Comparison(COMPARISON.figures, COMPARISON.shifts, COMPARISON.collisions, ("Too many examples collide.",))
    school.model("old", ModelState.PAST)
    school.model("live", ModelState.LIVE)
    school.model("bad", ModelState.REFUSED, comparison=refused)
    return school


@pytest.fixture
def desk(street: Street, school: School) -> Iterator[DeskHouse]:
    house = DeskHouse(street)
    yield house
    house.close()


@pytest.fixture
def visit(chromium: Browser, desk: DeskHouse) -> Iterator[OpenDesk]:
    """Opens a page of the desk as an editor."""
    with windows(chromium, desk.url) as open_page:
        yield partial(open_page, desk.street.cookie(EVA))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_breaks_a_rule_of_accessibility(visit: OpenDesk, size: dict[str, int], scheme: str) -> None:
    page = visit(TEACH, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    for address in PAGES:
        page.goto(page.url.partition("/desk")[0] + address)
        unfold(page)
        assert not violations(page), address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"


@pytest.mark.parametrize("address", PAGES)
def test_everything_that_can_be_tapped_is_big_enough(visit: OpenDesk, address: str) -> None:
    page = visit(address, viewport={"width": 320, "height": 640})
    unfold(page)
    fields = "input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea, .tick label"
    for thing in page.locator(f"button, summary, a.cell, a.inline, {fields}").all():
        box = thing.bounding_box()
        assert box is None or box["height"] >= 44, thing.evaluate("e => e.outerHTML")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_panel_stands_beside_the_page_on_a_desktop_and_folded_below_it_on_a_phone(visit: OpenDesk) -> None:
    wide = visit(TEACH)
    expect(wide.locator("#ask-question")).to_be_visible()
    panel, heading = wide.locator(".ask-panel").bounding_box(), wide.locator("h1").bounding_box()
    assert panel
    assert heading
    assert panel["x"] > heading["x"] + 500
    small = visit(TEACH, viewport=PHONE)
    expect(small.locator("#ask-question")).to_be_hidden()
    small.get_by_text("Zelf vragen").click()
    expect(small.locator("#ask-question")).to_be_visible()


def test_a_question_is_answered_in_the_panel_without_leaving_the_page(visit: OpenDesk, school: School) -> None:
    page = visit(FLU)
    page.locator("#more-nl").fill("half af")
    page.locator("#ask-language").select_option("tr")
    page.locator("#ask-question").fill("wat kost de griepprik")
    page.locator("#ask-question").press("Enter")
    expect(page.locator("#ask-answer")).to_contain_text("87% zeker")
    expect(page.locator("#ask-answer")).to_contain_text("De griepprik is gratis.")
    assert school.heard == [("wat kost de griepprik", "tr")]
    expect(page.locator("#more-nl")).to_have_value("half af")
    page.goto(page.url.replace("/flu_jab", "/new"))
    expect(page.locator("#ask-language")).to_have_value("tr")


def test_who_is_logged_out_meanwhile_is_led_to_the_log_in(visit: OpenDesk, desk: DeskHouse) -> None:
    page = visit(FLU)
    desk.do(desk.street.store.rows.sessions.clear)
    page.locator("#ask-question").fill("hoi")
    page.locator("#ask-question").press("Enter")
    page.wait_for_url("**/log-in**")


def test_training_is_followed_to_its_end_on_the_open_page(visit: OpenDesk, school: School) -> None:
    page = visit(TEACH)
    page.get_by_role("button", name="Trainen").click()
    expect(page.locator("progress")).to_have_attribute("value", "40")
    school.rows[0] = replace(school.rows[0], progress=0.8, step="Asking the test questions")
    expect(page.locator("progress")).to_have_attribute("value", "80")
    school.rows[0] = replace(school.rows[0], state=ModelState.READY, comparison=COMPARISON)
    page.get_by_role("button", name="Dit model laten antwoorden").click()
    expect(page.locator(".done")).to_have_text("Het nieuwe model antwoordt nu.")
    expect(page.locator(".live")).to_contain_text("nu live")
    page.get_by_role("link", name="Terug naar het vorige model").click()
    page.get_by_role("button", name="Terug").click()
    expect(page.locator(".done")).to_have_text("Het vorige model antwoordt weer.")


def test_the_key_of_a_new_topic_is_suggested_while_its_name_is_typed(visit: OpenDesk) -> None:
    page = visit("/desk/content/topics/new")
    page.locator("#label").press_sequentially("Zwemmen in één dag")
    expect(page.locator("#key")).to_have_attribute("placeholder", "zwemmen_in_een_dag")


def test_without_javascript_questions_are_filed_and_the_assistant_is_asked(visit: OpenDesk, school: School) -> None:
    page = visit(QUESTIONS, java_script_enabled=False, viewport=PHONE)
    group = page.locator("#group-9")
    group.get_by_label("أين الطبيب؟").uncheck()
    group.locator("input[type=radio]").first.check()
    group.get_by_role("button", name="Bij dit onderwerp zetten").click()
    expect(page.locator(".done")).to_contain_text("1 vraag staat nu bij")
    assert school.filed == [("eva", (9,), "gp_how")]
    page.get_by_text("Zelf vragen").click()
    page.locator("#ask-question").fill("griepprik")
    page.get_by_role("button", name="Vragen", exact=True).click()
    expect(page.locator("#ask-answer")).to_contain_text("87% zeker")


def test_the_first_button_of_a_group_files_it(visit: OpenDesk, school: School) -> None:
    page = visit(QUESTIONS)
    page.locator("#other-2").fill("gp_how")
    page.locator("#other-2").press("Enter")
    expect(page.locator(".done")).to_contain_text("1 vraag staat nu bij")
    assert (school.filed, school.discarded) == ([("eva", (2,), "gp_how")], [])
