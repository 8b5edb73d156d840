"""What was published is served, but for what no longer fits; a database that is away changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.content import Answer, Content
from bot.core.entry import Body, Kind, RedFlag, Ref, Words
from bot.core.entry_in import entry_in
from bot.core.errors import StoreBusy
from bot.core.overlay import entries_of
from bot.core.revision import Revision
from tests.builders import NOON
from tests.fake_cases import FakeStore
from tests.services.editors_room import AGE, EVA, NL, EditorsRoom

GOOD = "De griepprik maakt de kans op griep kleiner."


class Counted(FakeStore):
    """Counts how often everything published was read; away when told."""

    def __init__(self) -> None:
        super().__init__()
        self.reads, self.away = 0, False

    async def marks(self) -> tuple[int, str]:
        if self.away:
            raise StoreBusy("away on purpose")
        return await super().marks()

    async def published(self) -> list[Revision]:
        self.reads += 1
        return await super().published()


@pytest.fixture
async def memory(content: Content) -> EditorsRoom:
    return await EditorsRoom(Counted(), content).settle()


async def forced(room: EditorsRoom, *entries: tuple[Ref, Body | None]) -> None:
    """Published without being asked whether it fits."""
    async with room.store.unit() as unit:
        for ref, body in entries:
            await unit.publish(Revision(0, ref, body, 0, "eva", "eva", NOON))
    await room.editing.refresh()


async def test_it_reads_only_when_something_was_published(memory: EditorsRoom) -> None:
    store = memory.store
    assert isinstance(store, Counted)
    assert [await memory.editing.refresh() for _ in range(5)] == [0] * 5
    assert store.reads == 1
    await memory.publish(EVA, NL, memory.answer(text=GOOD, sections={**memory.answer().sections}))
    assert [await memory.editing.refresh() for _ in range(5)] == [0] * 5
    assert store.reads == 2


async def test_what_names_a_fact_or_topic_that_is_gone_is_left_out_and_the_rest_served(memory: EditorsRoom) -> None:
    before = memory.says("hpv")
    hpv = replace(memory.base.answers["utter_hpv", "nl"])
    await forced(
        memory,
        (Ref(Kind.ANSWER, "utter_hpv", "nl"), replace(hpv, text="Bel {a_line_that_is_gone}.")),
        (Ref(Kind.ANSWER, "utter_covid_jab", "nl"), memory.answer(key="utter_covid_jab", next=("gone",))),
        (Ref(Kind.LABEL, "nowhere.x", "nl"), Words("x")),
        (Ref(Kind.LABEL, "topics.x", "xx"), Words("x")),
        (Ref(Kind.FLAG, "no_such_danger", "nl"), None),
        (NL, memory.answer(text=GOOD)),
    )
    assert memory.says("hpv") == before
    assert memory.content.answers["utter_covid_jab", "nl"] == memory.base.answers["utter_covid_jab", "nl"]
    assert memory.says() == GOOD


async def test_a_phrase_that_cannot_be_read_is_left_out(memory: EditorsRoom) -> None:
    ref = Ref(Kind.FLAG, "suicide", "nl")
    flag = entry_in(memory.base, ref)
    assert isinstance(flag, RedFlag)
    await forced(
        memory,
        (ref, replace(flag, patterns=replace(flag.patterns, patterns=("(dood",)))),
        (NL, memory.answer(text=GOOD)),
    )
    assert memory.newsroom.served.assess("ik wil dood") is not None
    assert memory.says() == GOOD


async def test_a_fact_that_a_text_needs_stays_though_it_was_taken_away(memory: EditorsRoom) -> None:
    await forced(memory, (AGE, None), (Ref(Kind.TOPIC, "flu_jab"), None))
    assert "60" in memory.says()
    assert "flu_jab" in memory.content.topics


async def test_all_real_texts_published_again_are_served_as_they_are(memory: EditorsRoom) -> None:
    some = {ref: body for ref, body in entries_of(memory.base).items() if ref.language in {"", "nl", "tr"}}
    await forced(memory, *some.items())
    assert entries_of(memory.content) == entries_of(memory.base)
    assert not memory.content.updating
    answer = memory.content.answers["utter_flu_jab", "nl"]
    assert isinstance(answer, Answer)
    assert answer.where == "desk"


async def test_a_database_that_is_away_is_told_and_the_texts_stay(memory: EditorsRoom) -> None:
    store = memory.store
    assert isinstance(store, Counted)
    before = memory.says()
    store.away = True
    with pytest.raises(StoreBusy):
        await memory.editing.refresh()
    assert memory.says() == before
