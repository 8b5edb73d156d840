"""The list of cases: who sees which, in which order, found by which words, told how live."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from babel.messages.pofile import read_po

from bot.core.case import State
from bot.core.content import Content
from bot.desk.words import LOCALE
from bot.services.live import QUEUE, Live, News

from .street import EVA, FATMA, JAN, SAMIRA, WIM, Street


@pytest.fixture
def street(content: Content) -> Street:
    street = Street(content)
    street.furnish()
    return street


def numbers(text: str) -> list[str]:
    return re.findall(r'<span class="number">(#\w+)</span> <span class="topic">', text)


async def test_a_worker_sees_the_cases_of_their_team_urgent_first_then_the_longest_waiting(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get("/desk/")
    assert numbers(visit.text) == ["#BBBBBB", "#DDDDDD", "#CCCCCC", "#AAAAAA"]
    assert "Dringend: Geweld" in visit.words
    assert "wacht 12 minuten" in visit.words
    assert "West" not in visit.words


async def test_waiting_is_told_in_the_largest_unit(street: Street) -> None:
    visit = street.visit(JAN)
    await visit.get("/desk/")
    assert "waits 1 hour" in visit.words
    street.now += timedelta(days=2, minutes=1)
    await street.visit(JAN).get("/desk/")
    visit = street.visit(JAN)
    await visit.get("/desk/")
    assert "waits 2 days" in visit.words


@pytest.mark.parametrize(
    ("shelf", "shown"),
    [
        ("mine", ["#CCCCCC"]),
        ("waiting", ["#BBBBBB", "#AAAAAA"]),
        ("closed", ["#EEEEEE"]),
        ("nonsense", ["#BBBBBB", "#DDDDDD", "#CCCCCC", "#AAAAAA"]),
    ],
)
async def test_each_shelf_holds_its_own(street: Street, shelf: str, shown: list[str]) -> None:
    visit = street.visit(SAMIRA)
    await visit.get("/desk/", shelf=shelf)
    assert numbers(visit.text) == shown


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("cccccc", ["#CCCCCC"]),
        ("#CCCCCC", ["#CCCCCC"]),
        ("Arabisch", ["#CCCCCC"]),
        ("العربية", ["#CCCCCC"]),
        ("koorts", ["#CCCCCC"]),
        ("indische somber", ["#AAAAAA"]),
        ("ziek bellen", ["#CCCCCC"]),  # in the translation
        ("مريض", ["#CCCCCC"]),
        ("middags", ["#CCCCCC"]),  # in a note
        ("jan", ["#DDDDDD"]),
        ("geheim", []),  # in a case of another team
        ("voedselbank koorts", []),
    ],
)
async def test_search_finds_by_number_topic_area_language_and_words(
    street: Street, asked: str, shown: list[str]
) -> None:
    visit = street.visit(SAMIRA)
    await visit.get("/desk/", q=asked)
    assert numbers(visit.text) == shown


async def test_an_empty_search_says_what_to_do(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get("/desk/", q="zeppelin")
    assert "Hier is geen zaak met deze woorden." in visit.words


async def test_a_case_that_was_answered_stands_below_those_who_wait(street: Street) -> None:
    street.case(
        "aaaa0000", minutes=900, state=State.CLAIMED, worker="samira",
        answered_at=street.now, worker_at=street.now,
    )  # fmt: skip
    visit = street.visit(SAMIRA)
    await visit.get("/desk/")
    assert numbers(visit.text)[-1] == "#AAAA00"
    assert "beantwoord" in visit.words


async def test_an_editor_has_no_inbox_and_a_link_to_one_case_opens_no_list(street: Street) -> None:
    editor, guest = street.visit(EVA), street.visit(SAMIRA, "cccccc33")
    led = await editor._client.get("/desk/", follow_redirects=False)
    assert (led.status_code, led.headers["location"], led.text) == (303, "/desk/content", "")
    await guest.get("/desk/")
    assert guest.status == 404
    for visit in (editor, guest):
        await visit.get("/desk/events")
        assert visit.status == 404


async def test_news_of_a_case_reaches_its_team_alone(street: Street) -> None:
    case = street.store.rows.cases["aaaaaa11"]
    heard = await told(street.live, WIM, lambda: street.live.changed(case))
    assert heard == []
    assert await told(street.live, SAMIRA, lambda: street.live.changed(case)) == [News("aaaaaa11")]


async def test_the_team_that_loses_a_case_hears_only_that_something_is_gone(street: Street) -> None:
    case = street.store.rows.cases["aaaaaa11"]
    street.live.changed(case)
    moved = case.handed_over("west", "", street.now)
    assert await told(street.live, SAMIRA, lambda: street.live.changed(moved)) == [News()]


async def test_a_page_that_reads_too_slowly_is_told_to_look_at_all_anew(street: Street) -> None:
    case = street.store.rows.cases["aaaaaa11"]

    def busy() -> None:
        for _ in range(QUEUE + 1):
            street.live.changed(case)

    assert await told(street.live, SAMIRA, busy) == [News()]


async def test_who_writes_is_shown_to_colleagues_and_not_to_themself(street: Street) -> None:
    case = street.store.rows.cases["aaaaaa11"]
    assert await told(street.live, JAN, lambda: street.live.writes(SAMIRA, case)) == [News("aaaaaa11", "Samira")]
    assert await told(street.live, SAMIRA, lambda: street.live.writes(SAMIRA, case)) == []


async def test_a_closed_page_is_forgotten_and_a_stream_ends_in_time() -> None:
    live = Live()
    assert [news async for news in live.news(FATMA, lasting=0.0)] == []
    assert not live._listeners


def test_every_sentence_of_the_inbox_has_its_dutch() -> None:
    with (LOCALE / "nl" / "LC_MESSAGES" / "inbox.po").open("rb") as file:
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file) if message}
    folder = LOCALE.parent / "inbox" / "templates" / "inbox"
    said = {
        sentence
        for path in folder.glob("*.html")
        for sentence in re.findall(r'\btn?\("([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert said
    assert not said - known


async def told(live: Live, worker: object, act: object) -> list[News]:
    """What a page of the worker hears of an act."""

    async def listen() -> list[News]:
        return [news async for news in live.news(worker, lasting=0.05)]  # type: ignore[arg-type]

    page = asyncio.create_task(listen())
    await asyncio.sleep(0)
    act()  # type: ignore[operator]
    return await page
