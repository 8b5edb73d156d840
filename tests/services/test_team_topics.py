"""A case's topic in its team's group: who opens it and when, and what is said there."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field, replace

import pytest

from bot.core.case import Case, Result
from bot.core.errors import DeliveryError, DeliveryLater, DeliveryRefused
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.core.press import Act, Press
from bot.core.triage import Flag
from bot.services.cases.team_topics import TeamTopics, topic_name
from bot.services.cases.topic_turn import TopicTurn
from tests.builders import FakeChannel
from tests.services.street import CENTRE, NORTH, Street, labels

_updates = itertools.count(1)


@dataclass
class Forum(FakeChannel):
    """Opens topics; fails when told."""

    names: list[str] = field(default_factory=list)
    fails: DeliveryError | None = None

    async def open_thread(self, chat: Chat, name: str) -> str:
        if self.fails:
            raise self.fails
        self.names.append(name)
        return f"{chat.address}/{len(self.names)}"


@dataclass
class Square:
    """The team's group in the neighbourhood, and who opens topics in it."""

    street: Street
    forum: Forum
    topics: TeamTopics

    async def case(self, **more: object) -> Case:
        """A case with its topic."""
        case = await self.street.case(**more)  # type: ignore[arg-type]
        self.topics.changed(case)
        await self.idle()
        return await self.street.now(case)

    async def idle(self) -> None:
        while self.topics._opening:
            await asyncio.wait(list(self.topics._opening.values()))

    async def told(self, thread: str) -> list[Outgoing]:
        found = await self.street.store.due_deliveries(thread, self.street.clock())
        return [delivery.outgoing for delivery in found]

    async def does(self, case: Case, text: str, kind: Kind = Kind.TEXT, *, by: str, to: str = "") -> list[str]:
        """Somebody does something in the topic; the keys of what is said there from then on."""
        street, before = self.street, len(await self.told(case.thread))
        found = await street.store.resident(case.thread)
        assert found is not None
        incoming = Incoming(
            found.chat, f"square {next(_updates)}", kind, street.clock(), text, in_group=True, reply_to=to, sender=by
        )
        async with street.store.unit() as unit:
            received = await unit.receive(incoming)
        assert received is not None
        taken = await street.store.take(received.id)
        assert taken is not None
        assert taken[0].topic == case.id
        await TopicTurn(street.office, street.work)(*taken)
        assert await street.store.take(received.id) is None, "the message was not dealt with"
        return [said.key for said in (await self.told(case.thread))[before:]]

    async def taps(self, case: Case, by: str) -> list[str]:
        return await self.does(case, Press(Act.STAFF, "claim", case.id).data, Kind.BUTTON, by=by)

    async def replies(self, case: Case, text: str, by: str) -> list[str]:
        async with self.street.store.unit() as unit:
            await unit.remember_sent(case.thread, case.id, ["card"], self.street.clock())
        return await self.does(case, text, by=by, to="card")


@pytest.fixture
async def square(street: Street) -> Square:
    async with street.store.unit() as unit:
        group = await unit.group_at(Chat("telegram", "-100"), street.clock())
        await unit.keep_team(replace(CENTRE, group=group))
    forum = Forum(name="telegram")
    topics = TeamTopics(street.office, street.work.tell, {"telegram": forum}, street.store.resident)
    return Square(street, forum, topics)


async def test_a_waiting_case_gets_one_topic_with_its_card_however_often_it_changes(square: Square) -> None:
    case = await square.street.case()
    square.topics.changed(case)
    square.topics.changed(case)
    await square.idle()
    square.topics.changed(await square.street.now(case))
    await square.idle()
    assert await square.topics.catch_up() == 0
    case = await square.street.now(case)
    (card,) = await square.told(case.thread)
    assert (card.key, card.case, len(square.forum.names)) == ("topic_card", case.id, 1)
    assert labels(card) == ["Ik pak deze op", "Werkplek openen"]
    assert "topic_opened" in await square.street.log(case)


async def test_a_team_without_a_group_gets_no_topic(square: Square) -> None:
    case = await square.case(team="north")
    assert (case.thread, square.forum.names) == ("", [])


async def test_a_channel_that_was_down_is_asked_again_and_one_that_refuses_is_not(square: Square) -> None:
    square.forum.fails = DeliveryLater("down")
    late = await square.case()
    square.forum.fails = DeliveryRefused("no forum")
    refused = await square.case()
    assert (late.thread, refused.thread) == ("", "")
    square.forum.fails = None
    assert await square.topics.catch_up() == 1
    assert [bool((await square.street.now(case)).thread) for case in (late, refused)] == [True, False]
    assert (await square.case()).thread, "a new case is asked for again"


async def test_after_a_restart_what_waits_gets_its_topic(square: Square) -> None:
    case = await square.street.case()
    assert await square.topics.catch_up() == 1
    assert (await square.street.now(case)).thread


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"topic": "flu_jab"}, "griepprik"),
        ({"topic": "flu_jab", "flag": Flag.SUICIDE}, "griepprik (dringend)"),
        ({"topic": ""}, ""),
        ({"topic": "domestic_violence"}, ""),
        ({"topic": "flu_jab", "flag": Flag.VIOLENCE}, "(dringend)"),
    ],
)
async def test_the_name_of_a_topic_tells_the_urgency_and_of_a_quiet_case_nothing_else(
    square: Square, facts: dict[str, object], name: str
) -> None:
    case = await square.street.case(**facts)  # type: ignore[arg-type]
    shown = topic_name(square.street.office, case)
    assert shown.removeprefix(case.number).strip().lower() == name


async def test_a_tap_in_the_topic_takes_the_case_and_the_buttons_come_in_ones_own_chat(square: Square) -> None:
    case = await square.case()
    assert await square.taps(case, "samira") == ["topic_taken_by"]
    assert (await square.street.now(case)).worker == "samira"
    assert labels(await square.street.last("samira"))[:2] == ["Afsluiten", "Overdragen"]
    assert await square.taps(case, "samira") == ["staff_taken_by"], "a second tap changes nothing"
    assert await square.taps(case, "joost") == ["staff_has_it"]
    assert (await square.street.log(case)).count("claimed") == 1


async def test_no_login_link_ever_stands_in_a_group(square: Square) -> None:
    async with square.street.store.unit() as unit:
        teams = {team.id: team for team in await unit.teams()}
        await unit.keep_team(replace(teams["centre"], text_in_telegram=False))
    case = await square.case(words="Een geheim.")
    await square.taps(case, "samira")
    await square.replies(case, "Dag", "samira")
    said = await square.told(case.thread)
    assert not any("/desk/in/" in button.data for one in said for row in one.buttons for button in row)
    assert not any("geheim" in one.text for one in said)
    assert any("/desk/in/" in b.data for row in (await square.street.last("samira")).buttons for b in row)


async def test_a_reply_goes_to_the_resident_and_takes_a_case_that_waits(square: Square) -> None:
    case = await square.case()
    assert await square.replies(case, "Dag, ik ben Samira.", "samira") == ["topic_taken_by", "staff_sent"]
    assert "ik ben Samira" in (await square.street.last(case)).text
    assert await square.replies(case, "En ik Joost.", "joost") == ["staff_has_it"]
    assert "Joost" not in (await square.street.last(case)).text


async def test_words_that_answer_no_message_of_the_case_go_nowhere(square: Square) -> None:
    case = await square.case()
    before = len(await square.street.told(case))
    assert await square.does(case, "wie belt er?", by="samira") == ["staff_topic_help"]
    assert await square.does(case, "wie belt er?", by="samira", to="another") == ["staff_topic_help"]
    assert await square.does(case, "cases", Kind.COMMAND, by="samira") == ["staff_topic_help"]
    assert await square.does(case, "", Kind.STICKER, by="samira") == ["staff_topic_help"]
    assert len(await square.street.told(case)) == before


@pytest.mark.parametrize("who", ["", "nobody", "noor"], ids=["unknown", "a resident", "of another team"])
async def test_a_stranger_is_told_once_to_link_and_can_do_nothing(square: Square, who: str) -> None:
    await square.street.somebody("nobody")
    case = await square.case()
    assert await square.taps(case, who) == ["topic_stranger"]
    assert await square.taps(case, who) == []
    assert await square.replies(case, "Dag", who) == []
    assert await square.street.log(case) == ["opened", "topic_opened"]


async def test_a_closed_case_is_said_to_be_so_and_takes_no_reply(square: Square) -> None:
    case = await square.case()
    await square.taps(case, "samira")
    await square.street.work.close(await square.street.worker("samira"), case.id, Result.HELPED)
    assert (await square.told(case.thread))[-1].key == "topic_closed"
    assert await square.replies(case, "Nog iets", "samira") == ["staff_over"]


async def test_another_team_gets_the_case_without_its_topic_and_the_queue_of_the_team_with_it(square: Square) -> None:
    street, case = square.street, await square.case()
    samira = await street.worker("samira")
    await street.work.claim(samira, case.id)
    await street.work.release(samira, case.id)
    assert (await square.told(case.thread))[-1].key == "topic_card"
    thread = case.thread
    await street.work.hand_over(await street.worker("petra"), case.id, NORTH.id, "")
    assert (await street.now(case)).thread == ""
    assert (await square.told(thread))[-1].key == "topic_handed_over"


async def test_everything_in_a_topic_is_about_its_case_so_that_it_is_taken_back(square: Square) -> None:
    case = await square.case()
    await square.taps(case, "")
    await square.taps(case, "samira")
    await square.replies(case, "Dag", "samira")
    await square.replies(case, "Dag", "joost")
    await square.does(case, "hm", by="samira")
    assert {said.case for said in await square.told(case.thread)} == {case.id}
