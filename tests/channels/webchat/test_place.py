"""A place shared in the browser: taken to about a hundred metres, and only if it is one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.webchat.form import Refusal, Sent
from bot.channels.webchat.page import Pages
from bot.channels.webchat.place import read_place
from bot.channels.webchat.visitor import Visitor
from bot.core.content import Content
from bot.core.message import Button, ButtonStyle, Kind, Outgoing
from bot.core.served import Served

from .conftest import Browser

AT = datetime(2026, 11, 22, tzinfo=UTC)
BAD = [
    "", ",", "53.201", "53.201,", ",5.801", "53.201;5.801", "53,201,5,801", "53.201, 5.801", " 53.201,5.801",
    "53.201,5.801\n", "53.2011,5.801", "53.201,5.8011", "90.001,0", "-91,0", "0,180.001", "0,-181", "999,5", "5,9999",
    "nan,nan", "inf,0", "1e1,5", "+53.2,5.8", "--5,5", "53.,5.", ".2,.8", "٥٣.٢,٥.٨", "53.201,5.801,3", "\x00",
    "5" * 5000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("53.201,5.801", (53.201, 5.801)),
        ("-33.9,-70", (-33.9, -70.0)),
        ("90,180", (90.0, 180.0)),
        ("-90.000,-180.000", (-90.0, -180.0)),
        ("-0.000,0.000", (0.0, 0.0)),
    ],
)
def test_a_place_on_earth_is_read(text: str, place: tuple[float, float]) -> None:
    assert read_place(text) == place


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_place_or_too_exact_is_not_read(text: str) -> None:
    assert read_place(text) is None


@pytest.mark.parametrize("text", BAD)
def test_a_bad_place_is_refused_in_words_and_does_no_harm(browser: Browser, content: Content, text: str) -> None:
    browser.open("/")
    response = browser.say(place=text)
    assert response.status_code == 400
    assert content.labels["nl"].page[Refusal.WRONG] in response.text


def test_a_place_that_nobody_asked_for_gets_a_kind_answer(browser: Browser) -> None:
    browser.open("/")
    assert browser.say(place="53.201,5.801").status_code == 202
    assert "53.2" not in "".join(browser.hear(until="utter_got_location"))


def test_a_place_comes_in_as_one_without_words() -> None:
    visitor = Visitor("a" * 20, "nl", known=True)
    sent = Sent(Kind.LOCATION, "", "a" * 16, place=(53.201, 5.801))
    incoming = sent.incoming(visitor, AT)
    assert (incoming.kind, incoming.text, incoming.place) == (Kind.LOCATION, "", (53.201, 5.801))
    other = Sent(Kind.LOCATION, "", "a" * 16, place=(53.202, 5.801))
    assert sent.update_id(visitor) != other.update_id(visitor)


def test_words_typed_before_a_place_was_shared_are_still_in_the_box(browser: Browser) -> None:
    browser.open()
    browser.submit(place="53.2,5.8", text="ik wilde nog")
    assert ">ik wilde nog</textarea>" in browser.page
    assert 'data-key="utter_got_location"' in browser.page
    assert "53.2" not in browser.seen()


def test_the_phone_may_be_asked_where_it_is_by_our_pages_alone(browser: Browser) -> None:
    for address in ("/", "/?plain=1"):
        assert "geolocation=(self)" in browser.get(address).headers["permissions-policy"]


def test_the_button_is_hidden_until_a_script_shows_it(content: Content) -> None:
    pages = Pages(Served(content), demo=False, away="https://weer.example")
    here = Button("Deel <waar> ik ben", "", emoji="📍", style=ButtonStyle.LOCATION)
    bubble = pages.bubble(Outgoing("Waar woont u?", "nl", buttons=((here,),)), AT, "a")
    assert '<button class="choice here" type="button" hidden>' in bubble
    assert "Deel &lt;waar&gt; ik ben" in bubble
    assert 'name="data"' not in bubble
