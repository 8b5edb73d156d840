"""The page as it is served: its language, its cookie, its walls, its pictures and its numbers to call."""

from __future__ import annotations

import re

import pytest

from bot.core.content import Content

from .conftest import Browser
from .house import House


@pytest.mark.parametrize(
    ("wish", "language", "direction"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar", "rtl"),
        ("de, tr;q=0.8", "tr", "ltr"),
        ("pl", "nl", "ltr"),
        ("", "nl", "ltr"),
        ("en;q=nonsense, fy", "fy", "ltr"),
    ],
)
def test_the_page_opens_in_the_language_of_the_browser(house: House, wish: str, language: str, direction: str) -> None:
    with Browser(house, wish) as browser:
        assert f'<html lang="{language}" dir="{direction}">' in browser.open("/")


def test_a_language_in_the_address_is_kept_for_the_next_visit(browser: Browser) -> None:
    browser.open("/?lang=ar")
    assert '<html lang="ar" dir="rtl">' in browser.open("/")


def test_a_language_that_is_not_ours_changes_nothing(browser: Browser) -> None:
    assert '<html lang="nl"' in browser.open('/?lang="><script>')


def test_the_chat_is_a_secret_of_this_browser_for_this_session(browser: Browser) -> None:
    cookie = browser.get("/").headers["set-cookie"]
    assert re.fullmatch(r"chat=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie)
    assert browser.get("/").headers["set-cookie"] == cookie, "it must stay the same"


def test_no_page_loads_or_runs_anything_from_elsewhere(browser: Browser) -> None:
    for address in ("/", "/?plain=1", "/call/112", "/call/5"):
        response = browser.get(address)
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "same-origin"
        assert response.headers["cache-control"] == "no-store"
        assert not re.search(r"<style|<script>| style=| on\w+=|javascript:", response.text)
        assert not re.findall(r'(?:src|href|url)="?https?://', response.text)


def test_the_page_says_that_it_is_a_trial_only_when_it_is(browser: Browser, content: Content) -> None:
    assert content.labels["nl"].page["demo"] in browser.open("/")


def test_a_pictogram_is_drawn_in_the_ink_of_the_page(browser: Browser) -> None:
    response = browser.get("/pictogram/virus.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.text.startswith('<svg color="#')


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2ffacts", "%00", "virus.svg"])
def test_a_pictogram_that_is_not_there_is_not_found(browser: Browser, name: str) -> None:
    assert browser.get(f"/pictogram/{name}.svg").status_code == 404


@pytest.mark.parametrize(("asked", "dialled"), [("112", "112"), ("08000113", "08000113"), ("0800-2000", "08002000")])
def test_a_number_of_ours_has_a_page_with_one_button_that_calls(browser: Browser, asked: str, dialled: str) -> None:
    page = browser.open(f"/call/{asked}")
    assert re.findall(r'href="tel:([^"]+)"', page) == [dialled]


@pytest.mark.parametrize("number", ["0612345678", "18", "2025", "385", "<b>"])
def test_a_number_that_is_not_ours_has_no_page_to_call_it(browser: Browser, number: str) -> None:
    response = browser.get(f"/call/{number}")
    assert response.status_code == 404
    assert "tel:" not in response.text


def test_leaving_quickly_takes_the_chat_back_and_shows_the_weather(browser: Browser) -> None:
    browser.open("/?lang=ar")
    response = browser.from_page("/leave", {})
    assert response.status_code == 303
    assert response.headers["location"] == "https://www.buienradar.nl/"
    assert not browser.cookies


def test_the_address_of_the_form_leads_back_to_the_chat(browser: Browser) -> None:
    response = browser.get("/say")
    assert (response.status_code, response.headers["location"]) == (303, "/")
