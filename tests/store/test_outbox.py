"""The outbox: delivered in order, tried again, given up, and emptied of text."""

from __future__ import annotations

from bot.store.store import SqlStore
from bot.store.tables import outbox, residents
from tests.store.residents import DAY, NOON, answer, answered, deliver_all, message, waiting


async def test_answers_come_in_the_order_they_were_posted(store: SqlStore) -> None:
    found = await answered(store, message(), "een", "twee")
    await answered(store, message(), "drie")
    assert await waiting(store, found.resident.id) == ["een", "twee", "drie"]


async def test_a_delivery_knows_its_chat_and_its_whole_message(store: SqlStore) -> None:
    found = await answered(store, message(who="31600000009"), "dag")
    [delivery] = await store.due_deliveries(found.resident.id, NOON)
    assert delivery.resident == found.resident
    assert delivery.outgoing == answer("dag")


async def test_nobody_sees_the_answers_of_another(store: SqlStore) -> None:
    one = await answered(store, message(who="1"), "voor een")
    two = await answered(store, message(who="2"), "voor twee")
    assert await waiting(store, one.resident.id) == ["voor een"]
    assert await waiting(store, two.resident.id) == ["voor twee"]


async def test_what_was_delivered_is_not_due_again_and_its_text_is_gone(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een")
    await deliver_all(store, found.resident.id)
    assert await waiting(store, found.resident.id) == []
    assert await rows("outbox", outbox.c.state == "delivered", outbox.c.body_sealed == "") == 1
    assert await rows("residents") == 1, "who did not ask to be forgotten stays"


async def test_nothing_is_due_while_an_earlier_message_waits(store: SqlStore) -> None:
    found = await answered(store, message(), "een", "twee")
    first, _ = await store.due_deliveries(found.resident.id, NOON)
    async with store.unit() as unit:
        await unit.postpone(first.id, NOON + DAY)
    assert await waiting(store, found.resident.id) == []
    assert await store.waiting_residents() == [(found.resident.id, NOON)]
    assert await waiting(store, found.resident.id, NOON + DAY) == ["een", "twee"]


async def test_postponing_counts_the_attempts(store: SqlStore) -> None:
    found = await answered(store, message(), "een")
    for attempt in range(3):
        [delivery] = await store.due_deliveries(found.resident.id, NOON)
        assert delivery.attempts == attempt
        async with store.unit() as unit:
            await unit.postpone(delivery.id, NOON)


async def test_a_refused_message_is_wiped_and_the_next_one_is_due(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een", "twee")
    first, _ = await store.due_deliveries(found.resident.id, NOON)
    async with store.unit() as unit:
        await unit.give_up(first.id, "a reason that is much longer than the column for it is wide")
    assert await waiting(store, found.resident.id) == ["twee"]
    assert await rows("outbox", outbox.c.state == "refused", outbox.c.body_sealed == "") == 1


async def test_who_stopped_the_assistant_gets_nothing_and_nothing_waits(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een", "twee")
    async with store.unit() as unit:
        await unit.stop(found.resident.id)
    assert await waiting(store, found.resident.id) == []
    assert await store.waiting_residents() == []
    assert await rows("outbox", outbox.c.body_sealed != "") == 0
    again = await answered(store, message(), "drie")
    assert again.resident.stopped


async def test_who_comes_back_is_reached_again(store: SqlStore, rows) -> None:
    found = await answered(store, message(), "een")
    async with store.unit() as unit:
        await unit.stop(found.resident.id)
        await unit.resume(found.resident.id)
    assert await rows("residents", residents.c.stopped) == 0
    again = await answered(store, message(), "twee")
    assert again.resident == found.resident
    assert await waiting(store, found.resident.id) == ["twee"]
