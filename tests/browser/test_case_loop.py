"""A worry and its answer in two browsers: the resident's page in Arabic, the worker's desk in Dutch, no Telegram."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pyotp
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bot.core.case import Author, Result, State
from bot.core.content import Content
from bot.services.ports import Dialogue
from tests.browser.test_chat_page import RULES
from tests.loop import GREETING, PASSWORD, SAMIRA, SECRET, WIM, Loop, looping

T = TypeVar("T")
WORRY, FIRST, SECOND = "أنا قلقة على ابنتي", "لا تنام منذ أسبوع", "شكرا جزيلا"
ASKED, COMING = "Wat vervelend. Huilt ze veel?", "Ik kom morgen langs."
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Served:
    """The whole assistant without Telegram behind a port of this machine, in a thread of its own, until `close`."""

    def __init__(self, folder: Path, content: Content, dialogue: Dialogue | None = None) -> None:
        self._folder, self._content, self._dialogue = folder, content, dialogue
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(60)

    async def _serve(self) -> None:
        async with looping(self._folder, self._content, self._dialogue, telegram=False) as self.loop:
            config = uvicorn.Config(self.loop.app, ws="none", log_level="warning", timeout_graceful_shutdown=1)
            self._server, self._running = uvicorn.Server(config), asyncio.get_running_loop()
            self._ready.set()
            await self._server.serve([self._socket])

    def ask(self, question: Coroutine[Any, Any, T]) -> T:
        """Something looked up in the server's own loop."""
        return asyncio.run_coroutine_threadsafe(question, self._running).result(5)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(autouse=True)
def thinking_ends() -> None:
    """The other chat, whose tests share this folder, is not needed here."""


@pytest.fixture
def served(tmp_path: Path, content: Content) -> Iterator[Served]:
    served = Served(tmp_path, content)
    yield served
    served.close()


@pytest.fixture
def loop(served: Served) -> Loop:
    return served.loop


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def resident(chromium: Browser, served: Served, contexts: list[BrowserContext]) -> Page:
    contexts.append(chromium.new_context(viewport=PHONE, locale="ar"))  # type: ignore[arg-type]
    contexts[-1].set_default_timeout(10_000)
    page = contexts[-1].new_page()
    page.goto(served.url)
    return page


def at_desk(
    chromium: Browser, served: Served, contexts: list[BrowserContext], email: str, first: str = "/desk/"
) -> Page:
    """Somebody logs in with password and code, and stands before their cases, or where else they begin."""
    contexts.append(chromium.new_context(viewport=DESKTOP, locale="nl-NL"))  # type: ignore[arg-type]
    contexts[-1].set_default_timeout(10_000)
    page = contexts[-1].new_page()
    page.goto(f"{served.url}/desk/")
    page.locator('[name="email"]').fill(email)
    page.locator('[name="password"]').fill(PASSWORD)
    page.locator('[name="code"]').fill(pyotp.TOTP(SECRET).now())
    page.locator('[name="code"]').press("Enter")
    page.wait_for_url(f"**{first}")
    return page


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def tap(page: Page, data: str) -> None:
    page.locator(f'.message [value="{data}"]').last.click()


def agree(page: Page) -> None:
    """From the first word to Send, and to the translation."""
    with page.expect_navigation():
        page.locator('.message [value="l:ar"]').click()
    tap(page, "k:talk_to_person")
    expect(page.locator('[data-key="utter_ask_case_area"]')).to_be_visible()
    write(page, WORRY)
    expect(page.locator('[data-key="utter_case_kept_words"]')).to_be_visible()
    write(page, "8911")
    expect(page.locator('[data-key="utter_ask_case_consent"]').last).to_contain_text(WORRY)
    tap(page, "c:send")
    expect(page.locator('[data-key="utter_case_sent"]')).to_be_visible()
    tap(page, "c:translate:yes")


def asked_where(resident: Page, language: str) -> Locator:
    """Up to "where do you live?"; gives the button to share it."""
    with resident.expect_navigation():
        resident.locator(f'.message [value="l:{language}"]').click()
    tap(resident, "k:talk_to_person")
    expect(resident.locator('[data-key="utter_ask_case_area"]')).to_be_visible()
    return resident.locator(".here")


def share(page: Page, latitude: float, longitude: float) -> None:
    """The phone knows where it is, and may tell."""
    page.context.set_geolocation({"latitude": latitude, "longitude": longitude})
    page.context.grant_permissions(["geolocation"])


def send(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Control+Enter")
    expect(page.locator("#text")).to_have_value("")


def test_a_case_from_the_first_word_to_the_last_in_two_browsers(
    chromium: Browser, served: Served, loop: Loop, resident: Page, contexts: list[BrowserContext]
) -> None:
    desk = at_desk(chromium, served, contexts, SAMIRA.email)
    expect(desk.locator(".cases > li")).to_have_count(0)
    agree(resident)
    expect(desk.locator(".cases > li")).to_have_count(1)  # of itself, within seconds
    case = served.ask(loop.case())
    desk.get_by_role("link", name=case.number).click()
    expect(desk.locator(".said.resident")).to_contain_text(f"vertaald: {WORRY}")
    desk.get_by_role("button", name="Deze zaak nemen").click()
    claimed = resident.locator('[data-key="utter_case_claimed"]')
    expect(claimed).to_contain_text("Samira")

    answers = resident.locator('[data-key="case_reply"]')
    send(desk, ASKED)
    expect(answers).to_have_count(1)
    expect(answers.last).to_contain_text(f"vertaald: {ASKED}")
    expect(answers.last).to_contain_text("LibreTranslate")
    write(resident, FIRST)
    expect(desk.locator(".said.resident").last).to_contain_text(f"vertaald: {FIRST}")
    expect(desk.locator(".said.resident").last).to_contain_text(FIRST)
    expect(resident.locator(".dots")).to_have_count(0)  # the assistant says nothing now, and does not seem to
    send(desk, COMING)
    expect(answers).to_have_count(2)
    send(desk, GREETING.texts["nl"])
    expect(answers).to_have_count(3)
    expect(answers.last).to_contain_text(GREETING.texts["ar"])
    write(resident, SECOND)
    expect(desk.locator(".said.resident")).to_have_count(3)
    desk.locator("#notes summary").click()
    desk.locator("#note").fill("Belt liever niet.")
    desk.locator("#note").press("Control+Enter")
    expect(desk.locator(".said.note")).to_contain_text("Belt liever niet.")

    desk.locator("#close summary").click()
    desk.get_by_label("Geholpen").check()
    desk.locator("#close button").click()
    expect(desk.locator(".done")).to_have_text("De zaak is gesloten.")
    expect(resident.locator('[data-key="utter_case_closed"]')).to_be_visible()
    tap(resident, "c:helped")
    expect(resident.locator('[data-key="utter_case_helped_thanks"]')).to_be_visible()

    assert "Belt liever niet." not in resident.content()
    resident.reload()
    expect(answers).to_have_count(3)
    found = served.ask(loop.file())
    assert (found.case.state, found.case.result, found.case.helped) == (State.CLOSED, Result.HELPED, True)
    assert [(said.author, said.text) for said in found.said] == [
        (Author.RESIDENT, WORRY),
        (Author.WORKER, ASKED),
        (Author.RESIDENT, FIRST),
        (Author.WORKER, COMING),
        (Author.WORKER, GREETING.texts["nl"]),
        (Author.RESIDENT, SECOND),
        (Author.NOTE, "Belt liever niet."),
    ]
    assert served.ask(loop.log()).count("claimed") == 1


def test_another_teams_worker_sees_nothing_of_it(
    chromium: Browser, served: Served, loop: Loop, resident: Page, contexts: list[BrowserContext]
) -> None:
    desk = at_desk(chromium, served, contexts, WIM.email)
    agree(resident)
    case = served.ask(loop.case())
    desk.goto(f"{served.url}/desk/cases/{case.id}")
    expect(desk.locator("h1")).to_have_text("Deze pagina is er niet")
    desk.goto(f"{served.url}/desk/")
    expect(desk.locator(".cases > li")).to_have_count(0)


def test_a_tap_shares_the_neighbourhood_and_no_more(resident: Page, content: Content) -> None:
    resident.emulate_media(reduced_motion="reduce")
    share(resident, 53.2012345, 5.8012345)
    here = asked_where(resident, "ar")
    expect(here).to_have_text(content.labels["ar"].buttons["case_here"])
    box = here.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    question = Axe().run(resident, context='[data-key="utter_ask_case_area"]', options={"runOnly": RULES})
    assert not question.violations_count, question.generate_report()
    with resident.expect_request("**/say") as told:
        here.click()
    assert "place=53.201%2C5.801" in (told.value.post_data or "")
    card = resident.locator('[data-key="utter_ask_case_consent"]')
    expect(card).to_contain_text("Binnenstad")
    assert "53.2" not in resident.content()
    expect(here).to_be_hidden()
    expect(resident.locator("#notice")).to_be_empty()
    resident.reload()
    expect(card).to_be_visible()
    expect(here).to_be_hidden()
    assert "53.2" not in resident.evaluate("JSON.stringify(sessionStorage)")


def test_who_will_not_say_where_they_are_is_told_kindly_and_goes_on(resident: Page, content: Content) -> None:
    resident.context.grant_permissions([])
    here = asked_where(resident, "tr")
    here.click()
    expect(resident.locator("#notice")).to_have_text(content.labels["tr"].page["here_failed"])
    expect(here).to_be_visible()
    share(resident, 53.2, 5.8)
    here.press("Enter")
    expect(resident.locator('[data-key="utter_ask_case_consent"]')).to_contain_text("Binnenstad")
    expect(resident.locator("#notice")).to_be_empty()


def test_a_place_far_away_is_told_to_be_unknown_and_the_button_comes_again(resident: Page) -> None:
    share(resident, 36.2, 37.1)
    here = asked_where(resident, "nl")
    here.click()
    expect(resident.locator('[data-key="utter_case_area_unknown"]')).to_be_visible()
    expect(here.first).to_be_hidden()
    expect(here.last).to_be_visible()
    write(resident, "8911")
    expect(resident.locator('[data-key="utter_ask_case_consent"]')).to_contain_text("Binnenstad")
    expect(here.last).to_be_hidden()


def test_a_phone_that_cannot_tell_shows_no_button(chromium: Browser, served: Served, resident: Page) -> None:
    resident.add_init_script("Object.defineProperty(navigator, 'geolocation', { value: undefined })")
    resident.reload()
    here = asked_where(resident, "nl")
    expect(here).to_be_hidden()
    skip = resident.locator('.message [value="c:skip"]').last
    skip.click()
    expect(resident.locator('[data-key="utter_ask_case_consent"]')).to_be_visible()


def test_without_javascript_there_is_no_button_and_nothing_is_missing(
    chromium: Browser, served: Served, contexts: list[BrowserContext]
) -> None:
    contexts.append(chromium.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=False))  # type: ignore[arg-type]
    page = contexts[-1].new_page()
    page.goto(f"{served.url}/?plain=1")
    tap(page, "l:nl")
    tap(page, "k:talk_to_person")
    expect(page.locator('[data-key="utter_ask_case_area"]')).to_be_visible()
    expect(page.locator(".here")).to_be_hidden()
    page.locator("#text").fill("8911")
    page.locator(".send").click()
    expect(page.locator('[data-key="utter_ask_case_consent"]')).to_contain_text("Binnenstad")
