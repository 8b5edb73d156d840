"""What editors change and teach, from log-in to a resident's next answer, in browsers, with the real model."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.bench.bike_repair import ANSWER, COPIES, EXAMPLES, LABEL, QUESTION, TOPIC
from bot.core.content import Content
from bot.gateways.rasa.swapping import SwappingDialogue
from tests.browser.test_case_loop import PHONE, Served, at_desk, write
from tests.loop import EVA, ROSA

OpenDesk = Callable[[str], Page]
OpenChat = Callable[[str], Page]
PATIENCE = 300_000  # milliseconds for a training on a machine that has more to do
CONTENT, TEACH = "/desk/content", "/desk/content/teach"
AGE = "flu_jab_age"


@pytest.fixture(autouse=True)
def thinking_ends() -> None:
    """The other chat, whose tests share this folder, is not needed here."""


@pytest.fixture
def served(tmp_path: Path, content: Content, model: Path) -> Iterator[Served]:
    served = Served(tmp_path, content, SwappingDialogue(model))
    yield served
    served.close()


@pytest.fixture
def contexts() -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def log_in(chromium: Browser, served: Served, contexts: list[BrowserContext]) -> OpenDesk:
    """Somebody of the content room comes in by password and code."""

    def open_desk(email: str) -> Page:
        return at_desk(chromium, served, contexts, email, CONTENT)

    return open_desk


@pytest.fixture
def chat(chromium: Browser, served: Served, contexts: list[BrowserContext]) -> OpenChat:
    """A resident who chose a language."""

    def open_chat(language: str) -> Page:
        contexts.append(chromium.new_context(viewport=PHONE, locale=language))  # type: ignore[arg-type]
        contexts[-1].set_default_timeout(20_000)
        page = contexts[-1].new_page()
        page.goto(served.url)
        with page.expect_navigation():
            page.locator(f'.message [value="l:{language}"]').click()
        return page

    return open_chat


class Room:
    """The desk, as one editor goes through it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self._url = page, url
        page.set_default_timeout(20_000)

    def go(self, address: str) -> None:
        self.page.goto(self._url + address)

    def press(self, address: str) -> None:
        """The button that sends a form to an address with this end."""
        last = self.page.locator(f'button[formaction$="{address}"], form[action$="{address}"] button').first
        with self.page.expect_navigation():
            last.click()

    def correct(self, fact: str, value: str) -> None:
        """The list of numbers, a number's page, the texts that name it, and live."""
        self.go(f"{CONTENT}/facts")
        self.page.locator(f'a[href$="/entries/fact/{fact}/-"]').first.click()
        self.page.locator("#value").fill(value)
        self.press("/publish")
        expect(self.page.locator("#uses td strong").first).to_contain_text(value)
        self.press("/publish")
        expect(self.page.locator(".done")).to_be_visible()

    def make_topic(self, label: str, key: str, examples: tuple[str, ...]) -> None:
        self.go(f"{CONTENT}/topics/new")
        self.page.locator("#label").fill(label)
        self.page.locator("#key").fill(key)
        self.page.locator("#group").select_option(index=1)
        self.page.locator('[name="kind"][value=""]').check()
        self.page.locator("#examples-nl").fill("\n".join(examples))
        self.press("/topics/new")
        expect(self.page.locator(".done")).to_be_visible()
        expect(self.page.locator("#examples-nl .examples li")).to_have_count(len(examples))

    def write_answer(self, key: str, text: str) -> None:
        """From the topic's page to the reviewers."""
        self.page.locator(f'a[href="{CONTENT}/answers/utter_{key}/nl"]').click()
        self.page.locator("#text").fill(text)
        self.page.locator("#simple").fill(text)
        self.page.locator("#pictures summary").click()
        self.page.locator("#pictogram-list label").first.click()
        self.page.locator("#source-name-0").fill("Gemeente")
        self.page.locator("#source-url-0").fill("https://www.leeuwarden.nl/fiets")
        self.press("/submit")
        expect(self.page.locator(".done")).to_be_visible()

    def approve(self, key: str) -> None:
        """From the list of drafts to the residents."""
        self.go(f"{CONTENT}/drafts")
        self.page.locator(f'#in-review + ul a[href*="/answers/utter_{key}/nl"]').click()
        self.page.locator('[name="reviewed"]').check()
        self.press("/publish")
        expect(self.page.locator(".done")).to_be_visible()

    def train(self) -> float:
        """Seconds from the button to the page that tells how the new model compares."""
        self.go(TEACH)
        started = time.monotonic()
        self.press("/train")
        expect(self.page.locator("#training")).to_be_visible()
        expect(self.page.locator("#newest")).to_be_visible(timeout=PATIENCE)
        return time.monotonic() - started

    def promote(self) -> None:
        self.press("/promote")
        expect(self.page.locator(".done")).to_be_visible()

    def go_back(self) -> None:
        self.go(TEACH)
        self.page.locator(f'a[href="{TEACH}/back"]').click()
        self.press("/back")
        expect(self.page.locator(".done")).to_be_visible()


def ask(page: Page, question: str, key: str, answers: int) -> str:
    """The text of the answer with this key, which is to be the one of this number in this chat."""
    write(page, question)
    said = page.locator(f'[data-key="{key}"]')
    expect(said).to_have_count(answers)
    return said.last.inner_text()


def test_what_editors_change_and_teach_is_what_residents_get(
    served: Served, content: Content, log_in: OpenDesk, chat: OpenChat, model: Path, tmp_path: Path
) -> None:
    eva = Room(log_in(EVA.email), served.url)
    chats = {code: chat(code) for code in content.labels}
    questions = {code: labels.topics["flu_jab"] for code, labels in content.labels.items()}

    # A number is corrected: the next answer has it, in every language.
    for code, page in chats.items():
        assert "60" in ask(page, questions[code], "utter_flu_jab", 1)
    eva.correct(AGE, "67")
    for code, page in chats.items():
        answer = ask(page, questions[code], "utter_flu_jab", 2)
        assert "67" in answer
        assert "60" not in answer

    # A new topic is taught: whoever asks in other words gets its answer.
    resident = chats["nl"]
    ask(resident, QUESTION, "utter_out_of_scope", 1)
    eva.make_topic(LABEL, TOPIC, EXAMPLES)
    eva.write_answer(TOPIC, ANSWER)
    Room(log_in(ROSA.email), served.url).approve(TOPIC)
    seconds = eva.train()
    way = eva.page.locator('form[action$="/promote"]').get_attribute("action")
    eva.promote()
    started = time.monotonic()
    assert ANSWER in ask(resident, QUESTION, f"utter_{TOPIC}", 1)
    print(f"trained in {seconds:.1f} s, answered {time.monotonic() - started:.1f} s after that")  # noqa: T201 - with -s
    assert [file.name for file in (tmp_path / "models").glob("taught-*.tar.gz")]
    assert not list(model.parent.glob("taught-*.tar.gz"))

    # A topic with another's examples is refused, and the page says whose.
    eva.make_topic("Winterprik", "winter_jab", COPIES)
    eva.train()
    refused = eva.page.locator('[aria-labelledby="newest"]')
    expect(refused.locator(".alarm")).to_contain_text(content.labels["nl"].topics["flu_jab"])
    expect(refused.locator('[aria-labelledby="collisions"]')).to_contain_text(COPIES[0])
    expect(refused.locator('[aria-labelledby="collisions"]')).to_contain_text(content.labels["nl"].topics["flu_jab"])
    expect(eva.page.locator('form[action$="/promote"]')).to_have_count(0)
    assert ANSWER in ask(resident, QUESTION, f"utter_{TOPIC}", 2)

    # One model back: the old answer. The other way, and the new one is there again.
    eva.go_back()
    ask(resident, QUESTION, "utter_out_of_scope", 2)
    eva.go(str(way).removesuffix("/promote"))
    eva.promote()
    assert ANSWER in ask(resident, QUESTION, f"utter_{TOPIC}", 3)
