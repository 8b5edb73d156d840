"""A team's own Telegram group, through the real channel: linked from the desk, with a topic for every case."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.now import now
from bot.bench import telegram_updates as updates
from bot.bench.telegram_chats import Shown
from bot.bench.telegram_faults import refused
from bot.channels.telegram import TelegramChannel, connect
from bot.core.case import State
from bot.core.content import Content
from bot.gateways.pictures import Pictures
from bot.services.cases.tidy_chats import TAKE_BACK_AFTER, TidyChats
from bot.settings import ROOT
from tests.desk.hall import Browser
from tests.loop import JAN, SAMIRA, TEAM, Loop, looping
from tests.test_case_loop import FIRST, RESIDENT, WORRY, agree, from_person, plain, until, until_case

GROUP, HERS, STRANGER = -100500, 601, 909
PAGE = "/desk/people/teams/oost"
ANSWER = "Wat vervelend. Sinds wanneer?"


@pytest.fixture
async def loop(tmp_path: Path, content: Content) -> AsyncIterator[Loop]:
    async with looping(tmp_path, content) as running:
        assert running.telegram
        running.telegram.make_forum(GROUP)
        yield running


async def code_from(desk: Browser) -> str:
    """A coordinator asks for a code on the page of the team."""
    await desk.get(PAGE)
    await desk.fill(f"{PAGE}/group")
    found = re.search(r"/link@BuurtvraagBot ([0-9a-f]+)", desk.words)
    assert found
    return found[1]


async def write(loop: Loop, words: str) -> None:
    assert loop.telegram
    await loop.telegram.push(updates.text(GROUP, words))


async def linked(loop: Loop) -> Browser:
    desk = await loop.log_in(JAN)
    await write(loop, f"/link {await code_from(desk)}")
    await loop.phone(GROUP).sees("Deze groep is nu van Team Oost")
    return desk


async def topic(loop: Loop) -> int:
    """The only topic there is, once its card stands in it."""
    await loop.phone(GROUP).sees("Antwoord op een bericht hier")
    assert loop.telegram
    ((_, thread),) = loop.telegram.topics
    return thread


async def sees(loop: Loop, thread: int, words: str) -> Shown:
    await loop.phone(GROUP).sees(words)
    assert loop.telegram
    return next(one for one in reversed(loop.telegram.screen(GROUP, thread)) if words in one.text)


async def tap(loop: Loop, thread: int, *, by: int) -> None:
    assert loop.telegram
    card = await sees(loop, thread, "Antwoord op een bericht hier")
    await loop.telegram.push(updates.tap_in_topic(GROUP, thread, card.data("Ik pak deze op"), on=card.number, by=by))


async def reply(loop: Loop, thread: int, words: str, *, to: str, by: int) -> None:
    assert loop.telegram
    shown = await sees(loop, thread, to)
    sender = {"from": updates.person(by)}
    await loop.telegram.push(updates.in_topic(GROUP, thread, words, to=shown.number, **sender))


async def let_words_in(loop: Loop, *, allowed: bool) -> None:
    async with loop.store.unit() as unit:
        await unit.keep_team(replace(TEAM, text_in_telegram=allowed))


async def test_a_case_gets_a_topic_and_is_taken_answered_and_closed_in_it(loop: Loop, content: Content) -> None:
    resident, samira = loop.phone(RESIDENT), loop.phone(HERS)
    await linked(loop)
    await loop.link(SAMIRA, HERS)
    await agree(loop, content)
    await samira.sees("Nieuwe vraag")
    thread = await topic(loop)
    case = await loop.case()
    assert loop.telegram
    assert loop.telegram.topics[GROUP, thread].startswith(case.number)
    card = await sees(loop, thread, "Nieuwe vraag")
    assert WORRY in card.text, "this team lets words into Telegram"
    assert card.protected
    assert [(key.label, key.url) for row in card.keys for key in row] == [
        ("Ik pak deze op", ""),
        ("Werkplek openen", f"https://buurt.example/desk/cases/{case.id}"),
    ]

    await tap(loop, thread, by=HERS)
    await sees(loop, thread, f"{case.number} is opgepakt door Samira.")
    await samira.sees("is van u.")
    await resident.sees("Samira")
    await resident.says(FIRST)
    assert (await sees(loop, thread, "nieuw bericht")).text.endswith(FIRST)
    await reply(loop, thread, ANSWER, to=FIRST, by=HERS)
    await sees(loop, thread, "Verstuurd naar")
    assert [said.split("\n")[-1] for said in from_person(resident, "Samira")] == [ANSWER]

    await samira.taps("Afsluiten", on="is van u.")
    await samira.taps("Geholpen", on="afgelopen?")
    await sees(loop, thread, f"{case.number} is afgesloten.")
    await reply(loop, thread, "Nog iets", to=FIRST, by=HERS)
    await sees(loop, thread, "Er is niets verstuurd")
    assert [text for text in resident.texts if "Nog iets" in plain(text)] == []
    assert {one.thread for one in loop.telegram.screen(GROUP)} == {0, thread}, "only the link itself is outside"


async def test_who_linked_no_telegram_is_told_so_once_and_nothing_else_happens(loop: Loop, content: Content) -> None:
    await linked(loop)
    await agree(loop, content)
    thread = await topic(loop)
    await tap(loop, thread, by=STRANGER)
    await sees(loop, thread, "Koppel eerst uw eigen Telegram")
    assert loop.telegram
    before = len(loop.telegram.screen(GROUP))
    await reply(loop, thread, ANSWER, to="Antwoord op een bericht hier", by=STRANGER)
    await loop.link(SAMIRA, HERS)
    await tap(loop, thread, by=HERS)
    await sees(loop, thread, "is opgepakt door Samira")
    assert len(loop.telegram.screen(GROUP)) == before + 1, "the second time nothing is said"
    assert from_person(loop.phone(RESIDENT), "Samira") == []


async def test_a_worker_of_another_team_is_a_stranger_there(loop: Loop, content: Content) -> None:
    async with loop.store.unit() as unit:
        await unit.keep_worker(replace(SAMIRA, teams=("west",)))
    await linked(loop)
    await loop.link(SAMIRA, HERS)
    await agree(loop, content)
    thread = await topic(loop)
    await tap(loop, thread, by=HERS)
    await sees(loop, thread, "Koppel eerst uw eigen Telegram")
    assert (await loop.case()).state is State.WAITING


async def test_without_the_teams_leave_no_word_of_the_resident_stands_in_the_group(
    loop: Loop, content: Content
) -> None:
    await let_words_in(loop, allowed=False)
    await linked(loop)
    await agree(loop, content)
    thread = await topic(loop)
    await loop.phone(RESIDENT).says(FIRST)
    new = await sees(loop, thread, "nieuw bericht")
    assert loop.telegram
    shown = loop.telegram.screen(GROUP)
    assert not any(word in one.text for one in shown for word in (WORRY, FIRST))
    links = [key.url for one in shown for row in one.keys for key in row if key.url]
    assert links, "the way to the desk"
    assert all("/desk/cases/" in link for link in links), "and nobody is logged in by a tap in a group"
    assert new.keys


async def test_a_wrong_code_is_one_plain_line_and_links_nothing(loop: Loop) -> None:
    await write(loop, "/link 0000")
    await loop.phone(GROUP).sees("Deze code werkt niet")
    assert all(not team.group for team in await loop.store.teams())


async def test_a_code_works_once_with_or_without_the_name_and_only_while_its_maker_leads_the_team(loop: Loop) -> None:
    desk = await loop.log_in(JAN)
    code = await code_from(desk)
    async with loop.store.unit() as unit:
        await unit.keep_worker(replace(JAN, teams=("west",)))
    await write(loop, f"/link@BuurtvraagBot {code}")
    await loop.phone(GROUP).sees("Deze code werkt niet")
    async with loop.store.unit() as unit:
        await unit.keep_worker(JAN)
    code = await code_from(desk)
    await write(loop, f"/link@AnotherBot {code}")
    await write(loop, f"/link@BuurtvraagBot {code}")
    await loop.phone(GROUP).sees("Deze groep is nu van Team Oost")
    await write(loop, f"/link {code}")
    await until(lambda: sum("Deze code werkt niet" in text for text in loop.phone(GROUP).texts) == 2)


async def test_after_unlinking_nothing_more_is_said_in_the_group(loop: Loop, content: Content) -> None:
    desk = await linked(loop)
    await loop.link(SAMIRA, HERS)
    await agree(loop, content)
    thread = await topic(loop)
    assert loop.telegram
    before = len(loop.telegram.screen(GROUP))
    await desk.get(PAGE)
    await desk.fill(f"{PAGE}/group/unlink")
    assert "niet meer gekoppeld" in desk.words
    await loop.phone(HERS).taps("Ik pak deze op", on="Nieuwe vraag")
    await loop.phone(HERS).sees("is van u.")
    assert len(loop.telegram.screen(GROUP, thread)) + 1 == before


async def test_a_group_without_topics_costs_nobody_a_card(loop: Loop, content: Content) -> None:
    assert loop.telegram
    loop.telegram.plan(refused("Bad Request: the chat is not a forum"), method="createForumTopic")
    await linked(loop)
    await loop.link(SAMIRA, HERS)
    await agree(loop, content)
    await loop.phone(HERS).sees("Nieuwe vraag")
    await loop.telegram.seen("createForumTopic")
    assert not (await loop.case()).thread
    await loop.phone(HERS).taps("Ik pak deze op", on="Nieuwe vraag")
    await loop.phone(HERS).sees("is van u.")


async def test_a_case_that_goes_to_another_team_leaves_its_topic(loop: Loop, content: Content) -> None:
    desk = await linked(loop)
    await agree(loop, content)
    thread = await topic(loop)
    case = await loop.case()
    await desk.get(f"/desk/cases/{case.id}")
    await desk.fill(f"/desk/cases/{case.id}/hand-over", to="team:west")
    await sees(loop, thread, f"{case.number} is overgedragen aan Team West")
    assert not (await loop.case()).thread
    await loop.phone(RESIDENT).says(FIRST)
    await until_case(loop, lambda found: found.said[-1].text == FIRST)
    assert loop.telegram
    assert not any(FIRST in one.text for one in loop.telegram.screen(GROUP))


async def test_what_stands_in_a_topic_is_taken_back_within_two_days(loop: Loop, content: Content) -> None:
    await linked(loop)
    await agree(loop, content)
    thread = await topic(loop)
    assert loop.telegram
    server = loop.telegram
    bot = connect(server.token, server.url)
    await bot.initialize()
    channel = TelegramChannel(bot, Pictures(ROOT / "responses" / "pictograms"))
    later = now() + TAKE_BACK_AFTER + timedelta(minutes=1)
    await loop.store.clean_up(later, timedelta(days=30))
    await TidyChats(loop.store, {"telegram": channel}, lambda: later, loop.store.resident).tidy()
    await bot.shutdown()
    assert server.screen(GROUP, thread) == []
