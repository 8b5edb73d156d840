"""The chat as people use it: on a phone, by keyboard, with a screen reader, in Arabic, at night, offline."""

from __future__ import annotations

from pathlib import Path
from time import sleep

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.core.content import Content
from tests.channels.webchat.house import House

from .conftest import OpenPage

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def ask(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def bubbles(page: Page, key: str):
    return page.locator(f'[data-key="{key}"]')


def begin(page: Page, language: str = "nl") -> None:
    """Past the choice of a language, to the menu."""
    with page.expect_navigation():
        page.locator(f'.message [value="l:{language}"]').click()
    expect(bubbles(page, "utter_menu")).to_be_visible()


def violations(page: Page) -> str:
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return "" if not result.violations_count else result.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "question"), [("nl", "wat kost de griepprik"), ("ar", "هل اللقاحات آمنة")])
def test_the_chat_breaks_no_rule_of_accessibility(
    new_page: OpenPage, language: str, question: str, scheme: str
) -> None:
    page = new_page(f"/?lang={language}", color_scheme=scheme, reduced_motion="reduce")
    assert not violations(page)
    begin(page, language)
    ask(page, question)
    expect(page.locator(".message.theirs .note").first).to_be_visible()
    ask(page, "112 mijn man ademt niet meer")
    expect(page.locator(".urgent")).to_be_visible()
    page.locator("details.menu").first.locator("summary").click()
    assert not violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/call/112", "/call/1", "/?plain=1"])
def test_the_other_pages_break_no_rule_either(new_page: OpenPage, address: str, scheme: str) -> None:
    assert not violations(new_page(address, color_scheme=scheme, reduced_motion="reduce"))


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_everything_that_can_be_tapped_is_big_enough_and_nothing_sticks_out(new_page: OpenPage, language: str) -> None:
    page = new_page(f"/?lang={language}", viewport={"width": 320, "height": 640})
    begin(page, language)
    ask(page, "wat kost de griepprik")
    expect(page.locator(".note").first).to_be_visible()
    for button in page.locator("button.choice, a.choice, summary, .send, .emergency, textarea").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, button.inner_text()
        assert box["width"] >= 44, button.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_letters_twice_as_big_leave_room_for_the_conversation(new_page: OpenPage) -> None:
    page = new_page("/?lang=tr")
    begin(page, "tr")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    top, bottom = page.locator("header").bounding_box(), page.locator("footer").bounding_box()
    assert top is not None
    assert bottom is not None
    assert top["height"] + bottom["height"] < 844 * 0.85
    assert page.locator("#text").bounding_box()["width"] >= 160
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_page_speaks_arabic_from_right_to_left(new_page: OpenPage, content: Content) -> None:
    page = new_page(locale="ar")
    begin(page, "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#text")).to_have_attribute("placeholder", content.labels["ar"].page["placeholder"])
    send, box = page.locator(".send").bounding_box(), page.locator("#text").bounding_box()
    assert send is not None
    assert box is not None
    assert send["x"] < box["x"]


def test_a_keyboard_is_enough(new_page: OpenPage, content: Content) -> None:
    page = new_page()
    expect(bubbles(page, "utter_choose_language")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("wat kost")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("de griepprik")
    assert page.locator("#text").input_value() == "wat kost\nde griepprik"
    page.keyboard.press("Enter")
    expect(page.locator(".mine .text")).to_have_text("wat kost\nde griepprik")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    expect(bubbles(page, "utter_flu_jab")).to_have_count(1)
    button = bubbles(page, "utter_flu_jab").locator("button").first
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(bubbles(page, "utter_flu_jab")).to_have_count(2)


def test_a_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(new_page: OpenPage) -> None:
    page = new_page()
    summary = page.locator("details.menu summary").last
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator('details.menu [value="forget"]')).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator('details.menu [value="forget"]')).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_screen_reader_hears_who_speaks_and_what_is_new(new_page: OpenPage, content: Content) -> None:
    page = new_page()
    begin(page)
    ask(page, "wat kost de griepprik")
    expect(bubbles(page, "utter_flu_jab")).to_be_visible()
    words = content.labels["nl"].page
    log = page.get_by_role("log", name=words["log"])
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator(".mine").last).to_contain_text(f"{words['you']}:")
    expect(log.locator(".theirs").last).to_contain_text(f"{words['assistant']}:")
    ask(page, "mijn man ademt niet meer")
    expect(page.get_by_role("alert").get_by_role("link", name="112").first).to_be_visible()


def test_the_dots_show_that_an_answer_is_being_looked_up(new_page: OpenPage, house: House, content: Content) -> None:
    page = new_page()
    expect(bubbles(page, "utter_choose_language")).to_be_visible()
    ask(page, "ik denk na")
    expect(page.get_by_role("status").filter(has_text=content.labels["nl"].page["typing"])).to_be_visible()
    house.dialogue.thought.set()
    expect(bubbles(page, "utter_greet")).to_be_visible()
    expect(page.locator(".dots")).to_have_count(0)


def test_a_line_that_is_opened_again_gets_all_of_its_time(new_page: OpenPage) -> None:
    page = new_page("/call/112")
    said: list[str] = []
    page.route("**/events", lambda route: None)  # a line that does not open
    page.on("request", lambda asked: said.append(asked.url) if asked.url.endswith("/say") else None)
    page.clock.install()
    page.goto("/".join(page.url.split("/")[:3]))
    page.clock.run_for(2500)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.clock.run_for(2500)
    assert not said, "the time of the first line opened the second"
    with page.expect_request("**/say"):
        page.clock.run_for(1000)


def test_a_double_tap_is_one_message(new_page: OpenPage) -> None:
    page = new_page()
    begin(page)
    page.locator('.message [value="m:care"]').dblclick()
    expect(bubbles(page, "utter_menu_topics")).to_have_count(1)
    ask(page, "hoi")
    page.locator("#text").press("Enter")
    expect(bubbles(page, "utter_greet")).to_have_count(1)
    expect(page.locator(".mine")).to_have_count(3)


def test_a_reload_keeps_the_conversation_of_this_tab_only(new_page: OpenPage) -> None:
    page = new_page()
    begin(page)
    ask(page, "wat kost de griepprik")
    expect(bubbles(page, "utter_flu_jab")).to_be_visible()
    before = page.locator(".message").count()
    page.reload()
    expect(page.locator(".message")).to_have_count(before)
    expect(bubbles(page, "utter_choose_language")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    expect(bubbles(other, "utter_menu")).to_have_count(1)  # this chat has a language: it begins with the menu
    expect(bubbles(other, "utter_flu_jab")).to_have_count(0)


def test_a_second_tab_hears_its_own_answer_though_its_line_opens_late(new_page: OpenPage) -> None:
    page = new_page()
    begin(page)
    other = page.context.new_page()
    other.route("**/events", lambda route: (sleep(0.7), route.continue_()))
    other.goto(page.url)
    expect(bubbles(other, "utter_menu")).to_have_count(1)


def test_a_message_typed_without_a_line_waits_and_goes_by_itself(new_page: OpenPage, content: Content) -> None:
    page = new_page()
    begin(page)
    words = content.labels["nl"].page
    page.context.set_offline(True)
    ask(page, "wat kost de griepprik")
    expect(page.locator("#notice")).to_have_text(words["offline"])
    expect(page.locator(".mine").last.locator(".state")).to_have_text(words["sending"])
    page.context.set_offline(False)
    expect(bubbles(page, "utter_flu_jab")).to_have_count(1)
    expect(page.locator("#notice")).to_have_text("")
    expect(page.locator('.mine[data-state="sending"]')).to_have_count(0)


def test_a_message_whose_answer_to_the_post_got_lost_is_sent_again_as_the_same_one(
    new_page: OpenPage, house: House
) -> None:
    page = new_page()
    begin(page)
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())  # it reaches the server, but the page never hears so
            route.abort()

    page.route("**/say", lose_the_first)
    ask(page, "zijn prikken veilig")
    expect(page.locator('.mine[data-state="sent"]').last).to_contain_text("zijn prikken veilig")
    ask(page, "hoi")
    expect(bubbles(page, "utter_greet")).to_have_count(1)
    expect(bubbles(page, "utter_vaccine_safety")).to_have_count(1)


def test_a_message_that_is_too_long_stays_and_says_so(new_page: OpenPage, content: Content) -> None:
    page = new_page()
    begin(page)
    page.locator("#text").evaluate("box => { box.maxLength = 1e6; box.value = 'é'.repeat(50000); }")
    page.locator("#text").press("Enter")
    expect(page.locator("#notice")).to_have_text(content.labels["nl"].page["too_long"])
    expect(page.locator(".mine").last.get_by_role("button")).to_have_text(content.labels["nl"].page["retry"])


def test_without_javascript_the_whole_conversation_works(new_page: OpenPage, content: Content) -> None:
    page = new_page(java_script_enabled=False)
    page.wait_for_url("**/?plain=1")
    page.locator('.message [value="l:ar"]').click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("#text").fill("هل اللقاحات آمنة")
    page.locator(".send").click()
    expect(bubbles(page, "utter_vaccine_safety")).to_be_in_viewport()
    bubbles(page, "utter_vaccine_safety").locator("button").first.click()
    expect(bubbles(page, "utter_vaccine_safety")).to_have_count(2)
    expect(page.locator(".mine")).to_have_count(3)


def test_a_browser_that_keeps_nothing_is_led_to_the_plain_page(new_page: OpenPage, house: House) -> None:
    page = new_page("/call/112")
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no'); } })")
    page.goto(house.url)
    page.wait_for_url("**/?plain=1")
    expect(bubbles(page, "utter_choose_language")).to_be_visible()


def test_forgetting_empties_the_page_and_begins_a_new_chat(new_page: OpenPage) -> None:
    page = new_page()
    begin(page)
    ask(page, "wat kost de griepprik")
    expect(bubbles(page, "utter_flu_jab")).to_be_visible()
    page.locator("details.menu summary").last.click()
    page.locator('details.menu [value="forget"]').click()
    page.locator('.message [value="f:yes"]').click()
    expect(bubbles(page, "utter_forgotten")).to_be_visible()
    expect(page.locator(".message")).to_have_count(1)
    ask(page, "hoi")
    expect(bubbles(page, "utter_greet")).to_be_visible()
    expect(bubbles(page, "utter_welcome_no_person")).to_be_visible()  # it is a new acquaintance
    page.reload()
    expect(bubbles(page, "utter_flu_jab")).to_have_count(0)


def test_leaving_quickly_leaves_nothing_behind(new_page: OpenPage, house: House, asked_elsewhere: list[str]) -> None:
    page = new_page()
    page.context.route("https://www.buienradar.nl/**", lambda route: route.fulfill(body="rain"))
    begin(page)
    ask(page, "mijn man slaat mij")
    expect(page.locator(".urgent .leave")).to_be_visible()
    page.locator(".urgent .leave").click()
    page.wait_for_url("https://www.buienradar.nl/")
    assert not page.context.cookies(house.url)
    assert asked_elsewhere == ["https://www.buienradar.nl/"], "that is where the button leads"
    asked_elsewhere.clear()
    page.go_back()
    expect(page.locator(".mine")).to_have_count(0)


def test_a_photo_goes_along_with_the_words_and_can_be_taken_off_again(new_page: OpenPage, tmp_path: Path) -> None:
    page = new_page(reduced_motion="reduce")
    begin(page)
    photo = tmp_path / "brief.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a letter")
    page.locator(".attach summary").click()
    assert not violations(page)
    page.locator("#file").set_input_files(photo)
    expect(page.locator("#chosen")).to_contain_text("brief.jpg")
    page.locator("#unattach").click()
    expect(page.locator("#chosen")).to_be_hidden()
    page.locator(".attach summary").click()
    page.locator("#file").set_input_files(photo)
    assert not violations(page)
    ask(page, "wat staat hier")
    expect(page.locator('.mine[data-state="sent"] .text').last).to_have_text("wat staat hier\n📎 brief.jpg")
    expect(page.locator("#chosen")).to_be_hidden()


def test_a_file_that_is_too_big_never_leaves_the_phone(new_page: OpenPage, content: Content, tmp_path: Path) -> None:
    page = new_page()
    begin(page)
    film = tmp_path / "groot.jpg"
    film.write_bytes(bytes(21 * 1024 * 1024))
    page.locator(".attach summary").click()
    page.locator("#file").set_input_files(film)
    ask(page, "mijn vraag")
    expect(page.locator("#notice")).to_have_text(content.labels["nl"].page["file_too_big"])
    expect(page.locator("#text")).to_have_value("mijn vraag")
    expect(page.locator(".mine .text").filter(has_text="mijn vraag")).to_have_count(0)


def test_without_javascript_a_recording_goes_along_too(new_page: OpenPage, tmp_path: Path) -> None:
    page = new_page(java_script_enabled=False)
    page.wait_for_url("**/?plain=1")
    page.locator('.message [value="l:nl"]').click()
    spoken = tmp_path / "opname.ogg"
    spoken.write_bytes(b"OggS a voice")
    page.locator(".attach summary").click()
    page.locator("#file").set_input_files(spoken)
    page.locator(".send").click()
    expect(page.locator(".mine .text").last).to_have_text("📎 opname.ogg")
    expect(bubbles(page, "utter_menu")).to_be_visible()


def test_wiping_stands_beside_leaving_and_asks_once(new_page: OpenPage, content: Content) -> None:
    for scripts in (True, False):
        page = new_page("/" if scripts else "/?plain=1", java_script_enabled=scripts)
        if scripts:
            begin(page)
        else:
            page.locator('.message [value="l:nl"]').click()
        page.locator("#text").fill("mijn man slaat mij")
        page.locator(".send").click()
        urgent = page.locator(".urgent")
        expect(urgent.get_by_role("button", name=content.labels["nl"].page["leave"])).to_be_visible()
        urgent.get_by_role("button", name=content.labels["nl"].page["new_chat"]).click()
        page.locator('.message [value="f:yes"]').click()
        expect(bubbles(page, "utter_forgotten")).to_be_visible()
        expect(page.locator(".message")).to_have_count(1)


def test_the_question_stays_in_sight_when_a_long_answer_comes(new_page: OpenPage) -> None:
    page = new_page(viewport={"width": 390, "height": 600})
    begin(page)
    ask(page, "wat kost de griepprik")
    expect(bubbles(page, "utter_flu_jab")).to_be_visible()
    expect(page.locator(".mine").last).to_be_in_viewport(ratio=0.9)
    expect(bubbles(page, "utter_flu_jab").locator("p").first).to_be_in_viewport()
