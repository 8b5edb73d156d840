"""Who asks to be forgotten is forgotten; groups are never kept; what is old goes by itself."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.message import Chat
from bot.services.ports import Held
from bot.store.store import SqlStore
from bot.store.tables import conversations, inbox, outbox, residents
from tests.store.residents import DAY, NOON, TALK, answered, deliver_all, message, received, waiting


async def test_held_tells_all_that_is_kept(store: SqlStore) -> None:
    found = await answered(store, message(), "een", "twee")
    await received(store, message(at=NOON + DAY))
    assert await store.held(found.resident.id) == Held(NOON, TALK, waiting_messages=1, waiting_answers=2)


async def test_held_is_none_for_a_stranger_and_has_no_conversation_at_first(store: SqlStore) -> None:
    found = await received(store, message())
    assert await store.held("nobody") is None
    assert await store.held(found.resident.id) == Held(NOON, None, waiting_messages=1, waiting_answers=0)


async def test_a_resident_is_found_by_address(store: SqlStore) -> None:
    found = await received(store, message(who="31600000005"))
    assert await store.resident_at(Chat("telegram", "31600000005")) == found.resident.id
    assert await store.resident_at(Chat("web", "31600000005")) is None


async def test_forgetting_at_once_leaves_only_traces_that_name_nobody(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een")
    await received(store, message("nog een vraag"))
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=False)
    assert await rows("residents") == await rows("conversations") == await rows("outbox") == 0
    assert await rows("inbox", inbox.c.resident_id.is_(None), inbox.c.body_sealed == "", inbox.c.done) == 2
    assert await store.waiting_inbox() == []


async def test_forgetting_with_a_receipt_keeps_the_address_until_it_is_delivered(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een")
    await deliver_all(store, found.resident.id)
    await answered(store, message(), "Alles is gewist.", "Dag!")
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=True)
    assert await rows("conversations") == 0
    assert await rows("inbox", inbox.c.resident_id.is_not(None)) == 0
    assert await waiting(store, found.resident.id) == ["Alles is gewist.", "Dag!"]
    first, last = await store.due_deliveries(found.resident.id, NOON)
    async with store.unit() as unit:
        await unit.delivered(first.id)
    assert await rows("residents") == 1, "a message still waits"
    async with store.unit() as unit:
        await unit.delivered(last.id)
    assert await rows("residents") == await rows("outbox") == 0


async def test_forgetting_does_not_touch_another(store: SqlStore) -> None:
    one = await answered(store, message(who="1"), "een")
    two = await answered(store, message(who="2"), "twee")
    async with store.unit() as unit:
        await unit.forget(one.resident.id, keep_address=False)
    assert await waiting(store, two.resident.id) == ["twee"]
    assert await store.held(two.resident.id) == Held(NOON, TALK, 0, 1)


@pytest.mark.parametrize("end", ["give_up", "stop", "nothing waits"])
async def test_a_receipt_that_cannot_be_delivered_holds_nobody_back(store: SqlStore, rows, end: str) -> None:
    texts = [] if end == "nothing waits" else ["Alles is gewist."]
    found = await answered(store, message(), *texts)
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=True)
    for delivery in await store.due_deliveries(found.resident.id, NOON):
        async with store.unit() as unit:
            if end == "stop":
                await unit.stop(found.resident.id)
            else:
                await unit.give_up(delivery.id, "refused")
    assert await rows("residents") == 0


async def test_who_comes_back_before_the_receipt_is_a_new_acquaintance(store: SqlStore) -> None:
    found = await answered(store, message(), "Alles is gewist.")
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=True)
    await answered(store, message(at=NOON + DAY), "Welkom!", at=NOON + DAY)
    await deliver_all(store, found.resident.id)
    held = await store.held(found.resident.id) or pytest.fail("the new conversation is lost")
    assert held.since == NOON + DAY


async def test_a_group_leaves_when_its_answer_is_delivered(store: SqlStore, rows) -> None:
    found = await answered(store, message(who="-100", in_group=True), "een", "twee")
    assert found.resident.in_group
    await deliver_all(store, found.resident.id)
    assert await rows("residents") == await rows("outbox") == await rows("conversations") == 0
    assert await rows("inbox", inbox.c.resident_id.is_not(None)) == 0


async def test_a_group_stays_while_a_message_waits_for_its_turn(store: SqlStore, rows) -> None:
    first = await answered(store, message(who="-100", in_group=True), "een")
    second = await received(store, message(who="-100", in_group=True))
    await deliver_all(store, first.resident.id)
    assert await rows("residents") == 1
    assert await store.take(second.id) is not None


async def test_a_message_that_comes_while_a_group_leaves_is_not_lost(store: SqlStore) -> None:
    for _ in range(10):
        first = await answered(store, message(who="-100", in_group=True), "een")
        second, _ = await asyncio.gather(
            received(store, message(who="-100", in_group=True)), deliver_all(store, first.resident.id)
        )
        assert await store.take(second.id) is not None
        async with store.unit() as unit:
            await unit.forget(second.resident.id, keep_address=False)


async def test_what_is_older_than_it_may_be_goes(store: SqlStore, rows) -> None:
    await answered(store, message(who="old"), "een")
    new = await answered(store, message(who="new", at=NOON + 20 * DAY), "twee", at=NOON + 20 * DAY)
    assert await store.clean_up(NOON + 31 * DAY, keep=30 * DAY) > 0
    assert await rows("residents") == await rows("residents", residents.c.id == new.resident.id) == 1
    assert await rows("conversations", conversations.c.resident_id == new.resident.id) == 1
    assert await waiting(store, new.resident.id, NOON + 20 * DAY) == ["twee"]


async def test_nothing_goes_before_its_time(store: SqlStore) -> None:
    found = await answered(store, message(), "een")
    await received(store, message())
    assert await store.clean_up(NOON + 30 * DAY, keep=30 * DAY) == 1, "the trace of the finished message"
    assert await store.held(found.resident.id) == Held(NOON, TALK, 1, 1)


async def test_traces_of_messages_dealt_with_go_after_two_days(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een")
    await deliver_all(store, found.resident.id)
    await store.clean_up(NOON + 2 * DAY, keep=30 * DAY)
    assert await rows("inbox") == await rows("outbox") == 1
    await store.clean_up(NOON + 2.01 * DAY, keep=30 * DAY)
    assert await rows("inbox") == await rows("outbox") == 0
    assert await rows("residents") == await rows("conversations") == 1


async def test_a_group_that_got_no_answer_goes_at_the_next_clean_up(store: SqlStore, rows) -> None:
    await answered(store, message(who="-100", in_group=True))
    await received(store, message(who="-200", in_group=True))
    await store.clean_up(NOON, keep=30 * DAY)
    assert await rows("residents") == await rows("inbox", ~inbox.c.done) == 1


async def test_an_answer_nobody_fetched_does_not_hold_a_forgotten_resident(store: SqlStore, rows) -> None:
    found = await answered(store, message(at=NOON + 20 * DAY), "Alles is gewist.")
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=True)
    await store.clean_up(NOON + 31 * DAY, keep=30 * DAY)
    assert await rows("residents") == await rows("outbox", outbox.c.state == "waiting") == 0
