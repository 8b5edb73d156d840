"""A case's topic in its team's group: found again, kept while it is needed, and who writes in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.message import Chat
from bot.services.ports import Received
from bot.store.store import SqlStore
from bot.store.tables import residents
from tests.store.neighbourhood import NORTH, keep, opened, settle, somebody
from tests.store.residents import DAY, NOON, answered, deliver_all, message, received

TOPIC = Chat("telegram", "-100/7")


@pytest.fixture(autouse=True)
async def _neighbourhood(store: SqlStore) -> None:
    await settle(store)


async def in_topic(store: SqlStore, sender: str = "601") -> Received:
    """Something written in the topic, as a turn takes it up."""
    found = await received(store, message("dag", who=TOPIC.address, in_group=True, sender=sender))
    taken = await store.take(found.id)
    assert taken is not None
    return taken[0]


async def topic_of(store: SqlStore, case_id: str) -> str:
    async with store.unit() as unit:
        thread = await unit.group_at(TOPIC, NOON)
        assert await unit.keep_thread(case_id, thread)
    return thread


async def test_a_case_has_one_topic_which_its_next_versions_keep(store: SqlStore) -> None:
    case = await opened(store)
    thread = await topic_of(store, case.id)
    async with store.unit() as unit:
        assert await unit.group_at(TOPIC, NOON) == thread
        assert not await unit.keep_thread(case.id, await unit.group_at(Chat("telegram", "-100/8"), NOON))
    await keep(store, case.but(NOON, step=1))
    found = await store.case(case.id)
    assert found
    assert (found.thread, found.step) == (thread, 1)


async def test_what_is_written_in_a_topic_comes_with_the_case_and_the_worker(store: SqlStore) -> None:
    case = await opened(store)
    own = (await received(store, message("hoi", who="601"))).resident.id
    async with store.unit() as unit:
        await unit.link_chat("piet", own)
    assert (await in_topic(store)).topic == "", "no topic of ours yet"
    await topic_of(store, case.id)
    found = [await in_topic(store, who) for who in ("601", "602", "")]
    assert [(one.topic, one.worker) for one in found] == [
        (case.id, "piet"), (case.id, ""), (case.id, ""),
    ]  # fmt: skip


async def test_who_writes_in_any_other_group_is_not_kept(store: SqlStore) -> None:
    assert (await in_topic(store)).incoming.sender == ""
    await topic_of(store, (await opened(store)).id)
    assert (await in_topic(store)).incoming.sender == "601"


async def test_a_topic_is_kept_with_its_case_and_until_its_messages_are_taken_back(store: SqlStore, rows) -> None:
    case = await opened(store)
    thread = await topic_of(store, case.id)
    await answered(store, message("dag", who=TOPIC.address, in_group=True), "een")
    await deliver_all(store, thread)
    assert await rows("residents", residents.c.id == thread) == 1
    async with store.unit() as unit:
        await unit.remember_sent(thread, case.id, ["5"], NOON)
        await unit.leave_threads(NORTH.id)
    await store.clean_up(NOON + DAY, 30 * DAY)
    assert await rows("residents", residents.c.id == thread) == 1, "a message stands there still"
    async with store.unit() as unit:
        await unit.forget_sent(thread, "5")
    await store.clean_up(NOON + DAY, 30 * DAY)
    assert await rows("residents", residents.c.id == thread) == 0


async def test_a_team_that_leaves_its_group_leaves_the_topics_of_its_own_cases(store: SqlStore) -> None:
    ours, theirs = await opened(store), await opened(store, team="south")
    group = (await somebody(store)).resident.id
    async with store.unit() as unit:
        await unit.keep_team(replace(NORTH, group=group))
        await unit.keep_thread(ours.id, group)
        await unit.keep_thread(theirs.id, group)
        await unit.leave_threads(NORTH.id)
    cases = {case.id: case.thread for case in await store.cases()}
    assert cases == {ours.id: "", theirs.id: group}
