"""The page with JavaScript: what is posted is answered on the open line, once, and nothing gets lost."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.webchat import WebChat, routes
from bot.core.content import Content
from bot.core.errors import StoreBusy
from bot.core.message import Incoming
from bot.core.served import Served
from bot.gateways.pictures import Pictures
from tests.builders import Clock

from .conftest import Browser
from .house import CIPHER, ROOT, House


def test_a_question_is_answered_with_text_picture_and_buttons(browser: Browser) -> None:
    browser.open("/")
    assert browser.say("wat kost de griepprik").status_code == 202
    bubble = browser.hear(until="utter_flu_jab")[-1]
    assert 'lang="nl" dir="ltr"' in bubble
    assert 'src="/pictogram/' in bubble
    assert 'name="data" value="t:flu_jab:side_effects"' in bubble


def test_the_conversation_begins_with_the_choice_of_a_language_in_its_own_script(browser: Browser) -> None:
    browser.open("/")
    browser.say(start="1")
    bubble = browser.hear(until="utter_choose_language")[-1]
    assert 'value="l:ar" formnovalidate lang="ar" dir="rtl"' in bubble


def test_danger_is_an_alert_with_a_number_to_call(browser: Browser) -> None:
    browser.open("/")
    browser.say("mijn man ademt niet meer")
    bubble = browser.hear(until="flag_danger_to_life")[-1]
    assert 'role="alert"' in bubble
    assert 'class="choice call" href="tel:112"' in bubble


@pytest.mark.parametrize(("code", "direction"), [("zh", "ltr"), ("ur", "rtl")])
def test_a_card_in_a_language_that_is_not_ours_arrives_and_so_does_what_follows(
    browser: Browser, house: House, code: str, direction: str
) -> None:
    browser.open("/")
    house.dialogue.foreign = code
    try:
        browser.say("你好")
        card = browser.hear(until="card")[-1]
    finally:
        house.dialogue.foreign = ""
    assert f'lang="{code}" dir="{direction}"' in card
    assert 'href="tel:112"' in card
    browser.say("wat kost de griepprik")
    browser.hear(until="utter_flu_jab")


def test_the_same_message_ten_times_is_one_message(browser: Browser, house: House) -> None:
    browser.open("/")
    for _ in range(10):
        assert browser.say("zijn prikken veilig", update="a" * 32).status_code == 202
    browser.hear(until="utter_vaccine_safety")
    browser.say("hoi")
    bubbles = browser.hear(until="utter_greet")
    assert not [bubble for bubble in bubbles if 'data-key="utter_vaccine_safety"' in bubble]


def test_an_answer_that_no_page_took_comes_again_when_the_page_opens_again(browser: Browser) -> None:
    browser.open("/")
    browser.say("hoi")
    first = browser.hear(until="utter_greet", acknowledge=False)[-1]
    again = browser.hear(until="utter_greet")[-1]
    assert again.split("<time")[0] == first.split("<time")[0]


def test_nobody_can_take_another_chats_answers(browser: Browser, house: House) -> None:
    browser.open("/")
    browser.say("hoi")
    browser.hear(until="utter_greet", acknowledge=False)
    with Browser(house) as stranger:
        stranger.open("/")
        stranger.from_page("/seen", {"marks": "1-00000000,2-00000000"})
    assert browser.hear(until="utter_greet")


def test_a_chosen_language_becomes_the_language_of_the_page(browser: Browser) -> None:
    browser.open("/")
    assert browser.say(data="l:tr").status_code == 202
    assert '<html lang="tr"' in browser.open("/")


def test_after_everything_is_gone_the_browser_has_another_chat(browser: Browser) -> None:
    browser.open("/")
    before = browser.cookies["chat"]
    browser.say("/forget")
    assert 'value="f:yes"' in browser.hear(until="utter_forget_ask")[-1]
    browser.say(data="f:yes")
    browser.hear(until="utter_forgotten")
    assert browser.cookies["chat"] != before


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"text": "🙂🙂"}, "utter_got_sticker"),
        ({"text": "\u200b\u202e\x00"}, "utter_empty"),
        ({"data": "x:nothing:of:ours"}, "utter_old_button"),
        ({"data": "é" * 500}, "utter_old_button"),
        ({"command": "menu"}, "utter_menu"),
    ],
)
def test_odd_messages_get_a_kind_answer(browser: Browser, fields: dict[str, str], key: str) -> None:
    browser.open("/")
    assert browser.say(**fields).status_code == 202
    assert browser.hear(until=key)


def test_ten_thousand_characters_are_taken(browser: Browser) -> None:
    browser.open("/")
    assert browser.say("سؤال " * 2000).status_code == 202


@pytest.mark.parametrize("size", [80_001, 3_000_000])
def test_more_than_any_message_needs_is_refused_in_words(browser: Browser, content: Content, size: int) -> None:
    browser.open("/")
    response = browser.say("a" * size)
    assert response.status_code == 413
    assert content.labels["nl"].page["too_long"] in response.text


def test_a_post_from_another_site_is_refused(browser: Browser) -> None:
    browser.open("/")
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        response = browser.post("/say", data={"id": "a" * 16, "text": "hoi"}, headers=headers)
        assert response.status_code == 403


def test_a_message_without_a_proper_id_is_refused(browser: Browser) -> None:
    browser.open("/")
    assert browser.say("hoi", update="x").status_code == 400


def test_a_page_that_lost_its_chat_is_told_to_fetch_a_new_one(browser: Browser) -> None:
    assert browser.say("hoi").status_code == 409
    assert browser.get("/events").status_code == 204


class BrokenTurns:
    """A conveyor whose database is away."""

    async def receive(self, incoming: Incoming) -> str | None:
        raise StoreBusy("locked")

    async def idle(self, resident_id: str | None = None) -> None:
        raise AssertionError("nothing was received")


async def test_a_message_that_cannot_be_stored_is_asked_for_again(content: Content) -> None:
    app = Starlette(
        routes=routes(
            web=WebChat(),
            turns=BrokenTurns(),
            served=Served(content),
            pictures=Pictures(ROOT / "responses" / "pictograms"),
            cipher=CIPHER,
            clock=Clock(),
            demo=False,
        )
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://chat", headers={"Origin": "http://chat"}
    ) as client:
        assert content.labels["nl"].page["demo"] not in (await client.get("/")).text
        fields = {"id": "a" * 16, "text": "mijn lange vraag"}
        live = await client.post("/say", data=fields, headers={"Accept": "application/json"})
        assert (live.status_code, live.headers["retry-after"]) == (503, "5")
        plain = await client.post("/say", data=fields, headers={"Accept": "text/html"})
        assert plain.status_code == 503
        assert content.labels["nl"].page["wrong"] in plain.text
        assert ">mijn lange vraag</textarea>" in plain.text, "what was typed must not get lost"
