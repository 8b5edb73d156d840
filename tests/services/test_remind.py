"""On Monday morning who edits hears once what waits."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.message import Chat
from bot.core.revision import Change
from bot.services.editing.remind import Remind
from tests.builders import incoming
from tests.services.editors_room import EVA, NL, EditorsRoom

MONDAY = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)  # 8:10 in Leeuwarden


async def linked(room: EditorsRoom, *names: str) -> dict[str, str]:
    chats = {}
    for name in names:
        async with room.store.unit() as unit:
            received = await unit.receive(incoming(chat=Chat("telegram", name)))
            assert received is not None
            await unit.finish(received.id)
            await unit.link_chat(name, received.resident.id)
            chats[name] = received.resident.id
    return chats


async def texts(room: EditorsRoom, chat: str) -> list[str]:
    return [one.outgoing.text for one in await room.store.due_deliveries(chat, room.clock())]


async def test_who_edits_hears_once_a_week_what_waits(room: EditorsRoom) -> None:
    chats = await linked(room, "eva", "erik", "will")
    nudged: list[str] = []
    remind = Remind(room.newsroom, nudged.append)
    await room.draft(EVA, NL, room.answer(text="De griepprik helpt tegen griep. Vraag uw huisarts om raad."))
    await room.editing.submit(EVA, NL)
    room.clock.now = MONDAY
    assert await remind() == 2
    assert await remind() == 0
    assert sorted(nudged) == sorted((chats["eva"], chats["erik"]))
    [told] = await texts(room, chats["eva"])
    assert "Ter beoordeling: 1." in told
    assert await texts(room, chats["will"]) == []
    room.clock.move(days=7, minutes=-5)
    assert await remind() == 2


async def test_outside_the_hour_or_with_nothing_to_do_nobody_hears(room: EditorsRoom) -> None:
    await linked(room, "eva")
    remind = Remind(room.newsroom, lambda _: None)
    room.clock.now = MONDAY
    assert await remind() == 0
    await room.publish(EVA, NL, room.answer(text="De griepprik helpt tegen griep."), Change.MEANING)
    room.clock.move(hours=1)
    assert await remind() == 0
    room.clock.move(hours=-1)
    assert await remind() == 1
