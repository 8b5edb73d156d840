"""The inbox: every update once, its text until it is dealt with."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from bot.core.conversation import Conversation
from bot.core.errors import StoreUnusable
from bot.core.message import Kind
from bot.store.store import SqlStore
from bot.store.tables import inbox
from tests.store.residents import DAY, NOON, TALK, answered, message, received


async def test_a_message_comes_back_as_it_came_in(store: SqlStore) -> None:
    incoming = message("hoest 🤧 en koorts", language_hint="tr", message_id="7", kind=Kind.VOICE)
    found = await received(store, incoming)
    taken, conversation = await store.take(found.id) or pytest.fail("nothing waits")
    assert taken.incoming == replace(incoming, update_id="")
    assert taken.resident == found.resident
    assert conversation == Conversation()


async def test_an_update_repeated_ten_times_is_one_message(store: SqlStore, rows) -> None:
    incoming = message()
    found = await received(store, incoming)
    for _ in range(9):
        async with store.unit() as unit:
            assert await unit.receive(incoming) is None
    assert await rows("inbox") == 1
    assert await store.waiting_inbox() == [(found.id, found.resident.id)]


async def test_an_update_delivered_ten_times_at_once_is_one_message(store: SqlStore, rows) -> None:
    incoming = message()

    async def receive() -> bool:
        async with store.unit() as unit:
            return await unit.receive(incoming) is not None

    assert sum(await asyncio.gather(*(receive() for _ in range(10)))) == 1
    assert await rows("inbox") == await rows("residents") == 1


async def test_the_same_update_id_on_two_channels_is_two_messages(store: SqlStore, rows) -> None:
    incoming = message()
    await received(store, incoming)
    await received(store, replace(incoming, chat=replace(incoming.chat, channel="web")))
    assert await rows("inbox") == await rows("residents") == 2


async def test_two_first_messages_at_once_make_one_resident(store: SqlStore, rows) -> None:
    found = await asyncio.gather(*(received(store, message(str(n))) for n in range(10)))
    assert len({one.resident.id for one in found}) == 1
    assert await rows("residents") == 1
    assert await rows("inbox") == 10


async def test_a_repeated_update_brings_nobody_back_who_was_forgotten(store: SqlStore, rows) -> None:
    incoming = message()
    found = await received(store, incoming)
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=False)
    async with store.unit() as unit:
        assert await unit.receive(incoming) is None
    assert await rows("residents") == 0


async def test_a_repeated_update_does_not_undo_a_wish_to_be_forgotten(store: SqlStore, rows) -> None:
    incoming = message()
    found = await answered(store, incoming, "dag")
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=True)
        assert await unit.receive(incoming) is None
    [delivery] = await store.due_deliveries(found.resident.id, NOON)
    async with store.unit() as unit:
        await unit.delivered(delivery.id)
    assert await rows("residents") == 0


async def test_a_message_that_was_dealt_with_is_not_taken_again_and_its_text_is_gone(store: SqlStore, rows) -> None:
    found = await received(store, message())
    async with store.unit() as unit:
        await unit.finish(found.id)
    assert await store.take(found.id) is None
    assert await store.waiting_inbox() == []
    assert await rows("inbox", inbox.c.body_sealed == "", inbox.c.done) == 1


async def test_messages_wait_oldest_first(store: SqlStore) -> None:
    found = [await received(store, message(who=who)) for who in ("1", "2", "1")]
    assert await store.waiting_inbox() == [(one.id, one.resident.id) for one in found]


async def test_a_conversation_is_remembered_for_the_next_message(store: SqlStore) -> None:
    first = await received(store, message())
    async with store.unit() as unit:
        await unit.keep_conversation(first.resident.id, TALK.but(chosen="tr"), NOON)
        await unit.keep_conversation(first.resident.id, TALK, NOON + DAY)
    second = await received(store, message("en de bijwerkingen?"))
    _, conversation = await store.take(second.id) or pytest.fail("nothing waits")
    assert conversation == TALK


async def test_an_id_is_never_given_twice(store: SqlStore) -> None:
    first = await answered(store, message(), "dag")
    [old] = await store.due_deliveries(first.resident.id, NOON)
    await store.clean_up(NOON + 60 * DAY, keep=30 * DAY)
    second = await answered(store, message(), "dag")
    [new] = await store.due_deliveries(second.resident.id, NOON)
    assert second.id > first.id
    assert new.id > old.id


async def test_fifty_residents_with_twenty_messages_each_lose_nothing(store: SqlStore, rows) -> None:
    async def resident(who: int) -> list[str]:
        texts = [f"{who}: {n}" for n in range(20)]
        found = [await answered(store, message(who=str(who)), text) for text in texts]
        due = await store.due_deliveries(found[0].resident.id, NOON)
        assert [delivery.outgoing.text for delivery in due] == texts
        for delivery in due:
            async with store.unit() as unit:
                await unit.delivered(delivery.id)
        return texts

    await asyncio.gather(*(resident(who) for who in range(50)))
    assert await rows("residents") == await rows("conversations") == 50
    assert await rows("inbox", inbox.c.done) == await rows("outbox") == 1000
    assert await store.waiting_residents() == []


async def test_an_exception_that_leaves_a_unit_takes_everything_back(store: SqlStore, rows) -> None:
    found = await received(store, message())

    async def turn() -> None:
        async with store.unit() as unit:
            await unit.finish(found.id)
            await unit.keep_conversation(found.resident.id, TALK, NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await turn()
    assert await rows("conversations") == 0
    assert await store.take(found.id) is not None


async def test_a_cancelled_unit_takes_everything_back_and_the_store_goes_on(store: SqlStore, rows) -> None:
    begun = asyncio.Event()

    async def turn() -> None:
        async with store.unit() as unit:
            await unit.receive(message(who="1"))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await received(store, message(who="2"))
    assert await rows("residents") == await rows("inbox") == 1


async def test_a_unit_cancelled_at_any_moment_leaves_no_lock_behind(store: SqlStore, rows) -> None:
    for steps in range(1, 30):
        task = asyncio.create_task(answered(store, message(who="gone"), "dag"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await answered(store, message(who="stays"), "dag")
    assert await rows("conversations") >= 1


async def test_times_of_another_zone_are_the_same_moment(store: SqlStore) -> None:
    summer = NOON.astimezone(timezone(timedelta(hours=2)))
    found = await answered(store, message(at=summer), "dag", at=summer)
    taken = await store.held(found.resident.id) or pytest.fail("nobody")
    assert taken.since == NOON
    assert await store.waiting_residents() == [(found.resident.id, NOON)]


async def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    with pytest.raises(StoreUnusable):
        await received(store, message(at=NOON.replace(tzinfo=None)))
