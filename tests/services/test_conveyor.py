"""From a message to its delivered answer, on a real SQLite file, with a scripted dialogue and channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.content import Content
from bot.core.errors import DeliveryLater, DeliveryRefused, RecipientGone, StoreBusy
from bot.core.message import Chat, Kind
from bot.core.triage import Triage
from bot.services.turns.conveyor import Conveyor
from bot.services.turns.deliver import Deliver
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import NOON, Clock, FakeChannel, FakeDialogue, incoming, responding, turning
from tests.fake_cases import FakeSignals

KEY = Fernet.generate_key().decode()


class World:
    """Everything of one assistant, to be taken apart and put together again on the same database."""

    def __init__(self, path: Path, content: Content, triage: Triage) -> None:
        self.url = f"sqlite:///{path / 'test.db'}"
        self.clock = Clock()
        self.channel = FakeChannel()
        self.dialogue = FakeDialogue({"wat kost de griepprik": "flu_jab", "hoi": "greet"})
        self.slept: list[float] = []
        self.content, self.triage = content, triage

    async def start(self) -> Conveyor:
        engine = open_engine(self.url)
        await migrate(engine)
        self.store = SqlStore(engine, Vault((KEY,)))
        respond = responding(self.content, self.dialogue)
        channels = {"telegram": self.channel}
        take = turning(self.store, respond, self.clock, FakeSignals())
        self.conveyor = Conveyor(self.store, take, Deliver(self.store, channels, self.clock), channels, self.sleep)
        return self.conveyor

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.move(seconds=seconds)

    async def said(self, text: str = "wat kost de griepprik", kind: Kind = Kind.TEXT, **more: object) -> None:
        await self.conveyor.receive(incoming(text, kind, **more))
        await self.conveyor.drain()

    @property
    def keys(self) -> list[str]:
        return [outgoing.key for _, outgoing in self.channel.sent]


@pytest.fixture
async def world(tmp_path: Path, content: Content, triage: Triage) -> AsyncIterator[World]:
    one = World(tmp_path, content, triage)
    await one.start()
    yield one
    await one.conveyor.stop()
    await one.store.close()


async def test_a_question_is_answered_and_nothing_typed_is_kept(world: World, tmp_path: Path) -> None:
    await world.said()
    assert world.keys == ["utter_flu_jab", "utter_welcome_no_person"]
    assert await world.store.waiting_inbox() == []
    assert await world.store.waiting_residents() == []


async def test_the_same_update_ten_times_is_answered_once(world: World) -> None:
    for _ in range(10):
        await world.conveyor.receive(incoming("hoi", update_id="77"))
    await world.conveyor.drain()
    assert world.keys.count("utter_greet") == 1


async def test_messages_of_one_chat_are_answered_in_order_and_chats_do_not_mix(world: World) -> None:
    for number in range(5):
        for address in ("1", "2"):
            await world.conveyor.receive(
                incoming("hoi" if number % 2 else "wat kost de griepprik", chat=Chat("telegram", address))
            )
    await world.conveyor.drain()
    for address in ("1", "2"):
        keys = [o.key for chat, o in world.channel.sent if chat.address == address]
        topics = [key for key in keys if not key.startswith("utter_welcome")]
        assert topics == ["utter_flu_jab", "utter_greet", "utter_flu_jab", "utter_greet", "utter_flu_jab"]


async def test_what_was_received_before_a_crash_is_answered_after_it(world: World) -> None:
    async with world.store.unit() as unit:
        await unit.receive(incoming("hoi"))
    conveyor = await world.start()
    assert await conveyor.recover() == 1
    await conveyor.drain()
    assert "utter_greet" in world.keys


async def test_what_was_answered_but_not_delivered_is_delivered_after_a_crash(world: World) -> None:
    async with world.store.unit() as unit:
        received = await unit.receive(incoming("hoi"))
    assert received is not None
    await world.conveyor._take_turn(received.id)
    assert world.keys == []
    conveyor = await world.start()
    await conveyor.recover()
    await conveyor.drain()
    assert "utter_greet" in world.keys


async def test_too_many_requests_waits_as_long_as_it_was_told(world: World) -> None:
    world.channel.failures = [DeliveryLater("too many", after=17)]
    await world.said("hoi")
    assert world.slept == [17]
    assert "utter_greet" in world.keys


async def test_a_failing_channel_is_tried_again_with_growing_pauses(world: World) -> None:
    world.channel.failures = [DeliveryLater("away") for _ in range(4)]
    await world.said("hoi")
    assert world.slept == [2, 4, 8, 16]
    assert "utter_greet" in world.keys


async def test_who_blocked_the_assistant_gets_nothing_more_until_they_write_again(world: World) -> None:
    world.channel.failures = [RecipientGone("blocked")]
    await world.said("hoi")
    assert world.keys == []
    await world.said("hoi")
    assert "utter_greet" in world.keys


async def test_a_message_that_is_refused_does_not_hold_up_the_next(world: World) -> None:
    world.channel.failures = [DeliveryRefused("bad request")]
    await world.said()
    assert world.keys == ["utter_welcome_no_person"]


async def test_blocking_drops_what_waits(world: World) -> None:
    await world.said("hoi")
    before = len(world.keys)
    await world.said("", Kind.BLOCKED)
    assert len(world.keys) == before
    assert await world.store.waiting_residents() == []


async def test_a_turn_that_breaks_is_answered_with_regret(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(world.dialogue, "converse", broken)
    await world.said("hoi")
    assert world.keys == ["utter_error"]


async def test_a_busy_database_delays_an_answer_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = world.conveyor._take_turn, [StoreBusy("locked")] * 5

    async def sometimes(inbox_id: int) -> str | None:
        if failures:
            raise failures.pop()
        return await real(inbox_id)

    monkeypatch.setattr(world.conveyor, "_take_turn", sometimes)
    await world.said("hoi")
    assert "utter_greet" in world.keys


async def test_mydata_tells_what_is_kept_and_forget_erases_it(world: World) -> None:
    await world.said()
    await world.said("mydata", Kind.COMMAND)
    assert "21-11-2026" in world.channel.texts[-1]
    await world.said("f:yes", Kind.BUTTON)
    assert world.keys[-1] == "utter_forgotten"
    assert await world.store.resident_at(Chat("telegram", "1001")) is None


async def test_a_group_leaves_no_record(world: World) -> None:
    await world.said(chat=Chat("telegram", "-5"), in_group=True)
    assert world.keys == ["utter_flu_jab"]
    assert await world.store.resident_at(Chat("telegram", "-5")) is None


async def test_a_worry_in_a_group_gets_one_neutral_line(world: World) -> None:
    world.dialogue.script["ik voel me zo alleen"] = "loneliness"
    for text in ("ik voel me zo alleen", "ik wil niet meer leven"):
        await world.said(text, chat=Chat("telegram", "-5"), in_group=True)
    assert world.keys == ["utter_group_private", "utter_group_private"]


async def test_old_conversations_are_erased(world: World) -> None:
    await world.said("hoi")
    await world.store.clean_up(NOON + timedelta(days=29), timedelta(days=30))
    assert await world.store.resident_at(Chat("telegram", "1001")) is not None
    assert await world.store.clean_up(NOON + timedelta(days=31), timedelta(days=30)) > 0
    assert await world.store.resident_at(Chat("telegram", "1001")) is None
