"""The page without JavaScript: every press brings a whole page with the answer and all before it."""

from __future__ import annotations

import re

from bot.core.content import Content

from .conftest import Browser
from .house import House


def test_the_first_page_already_holds_the_choice_of_a_language(browser: Browser) -> None:
    page = browser.open()
    assert 'data-key="utter_choose_language"' in page
    assert "<script" not in page


def test_a_browser_without_javascript_is_led_to_the_plain_page(browser: Browser) -> None:
    assert '<noscript><meta http-equiv="refresh" content="0; url=/?plain=1"></noscript>' in browser.open("/")


def test_the_answer_comes_with_the_page_and_what_was_said_before_stays(browser: Browser) -> None:
    browser.open()
    browser.submit(text="wat kost de griepprik")
    browser.submit(data="t:flu_jab:side_effects")
    assert browser.page.count('data-key="utter_flu_jab"') == 2
    assert "wat kost de griepprik" in browser.page
    assert browser.page.index('id="new"') > browser.page.index("wat kost de griepprik"), "the page opens at the new"


def test_what_was_tapped_stands_in_the_residents_own_bubble(browser: Browser, content: Content) -> None:
    browser.open()
    browser.submit(text="wat kost de griepprik")
    browser.submit(data="t:flu_jab:side_effects")
    label = content.labels["nl"].sections["side_effects"]
    assert f'<div class="text" dir="auto">{label}</div>' in browser.page


def test_choosing_a_language_turns_the_whole_page(browser: Browser) -> None:
    browser.open()
    browser.submit(data="l:ar")
    assert '<html lang="ar" dir="rtl">' in browser.page
    assert 'data-key="utter_menu"' in browser.page


def test_a_double_tap_is_one_message_and_shows_its_answer_both_times(browser: Browser, house: House) -> None:
    before = browser.open()
    browser.submit(text="zijn prikken veilig")
    first = browser.page
    browser.page = before
    browser.submit(text="zijn prikken veilig")
    assert first.count('data-key="utter_vaccine_safety"') == 1
    assert browser.page.count('data-key="utter_vaccine_safety"') == 1


def test_another_question_from_an_older_page_is_another_message(browser: Browser) -> None:
    before = browser.open()
    browser.submit(text="zijn prikken veilig")
    browser.page = before
    browser.submit(text="wat kost de griepprik")
    assert 'data-key="utter_flu_jab"' in browser.page


def test_words_typed_before_a_button_was_tapped_are_still_in_the_box(browser: Browser) -> None:
    browser.open()
    browser.submit(text="half een vraag", data="m")
    assert ">half een vraag</textarea>" in browser.page


def test_a_typed_command_does_not_stay_in_the_box(browser: Browser) -> None:
    browser.open()
    browser.submit(text="/forget")
    assert "/forget</textarea>" not in browser.page


def test_a_card_in_a_language_that_is_not_ours_stands_on_the_page(browser: Browser, house: House) -> None:
    house.dialogue.foreign = "fa"
    try:
        browser.open()
        browser.submit(text="سلام، حال شما چطور است؟")
    finally:
        house.dialogue.foreign = ""
    assert 'data-key="card" lang="fa" dir="rtl"' in browser.page
    assert 'href="tel:112"' in browser.page.split('data-key="card"')[1]


def test_what_a_resident_types_is_only_ever_text(browser: Browser) -> None:
    browser.open()
    browser.submit(text="<script>alert(1)</script> & <b>vet</b>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in browser.page
    assert "<script" not in browser.page


def test_a_conversation_of_somebody_else_or_a_changed_one_is_not_shown(browser: Browser, house: House) -> None:
    browser.open()
    browser.submit(text="wat kost de griepprik")
    with Browser(house) as stranger:
        stranger.open()
        stranger.page = browser.page
        stranger.submit(text="hoi")
        assert "griepprik" not in stranger.seen().split("hoi")[0]
    browser.page = browser.page.replace('name="transcript" value="', 'name="transcript" value="A')
    browser.submit(text="hoi")
    assert "wat kost de griepprik" not in browser.page


def test_a_browser_without_cookies_keeps_its_conversation(browser: Browser) -> None:
    browser.open()
    for text in ("wat kost de griepprik", "hoi"):
        browser.cookies.clear()
        browser.submit(text=text)
    assert 'data-key="utter_flu_jab"' in browser.page
    assert browser.page.count('data-key="utter_welcome_no_person"') == 1, "it is one conversation"


def test_forgetting_leaves_nothing_of_the_conversation_on_the_page(browser: Browser) -> None:
    browser.open()
    browser.submit(text="wat kost de griepprik")
    chat = browser.cookies["chat"]
    browser.submit(command="forget")
    assert "griepprik" in browser.page, "it asks first"
    browser.submit(data="f:yes")
    assert 'data-key="utter_forgotten"' in browser.page
    assert "griepprik" not in browser.seen()
    assert browser.cookies["chat"] != chat


def test_an_answer_that_takes_long_can_be_looked_for_again(browser: Browser, house: House, content: Content) -> None:
    browser.open()
    house.dialogue.thought.clear()
    browser.submit(text="ik denk na")
    assert content.labels["nl"].page["later"] in browser.page
    house.dialogue.thought.set()
    browser.submit(look="1")
    assert 'data-key="utter_greet"' in browser.page
    assert re.search("ik denk na.*utter_greet", browser.page, re.DOTALL)


def test_a_long_conversation_still_fits_in_the_page(browser: Browser) -> None:
    browser.open()
    for n in range(4):
        browser.submit(text=f"vraag {n} " + "ü" * 9000)
    assert "vraag 3" in browser.page
    assert browser.submit(text="hoi").status_code == 200
