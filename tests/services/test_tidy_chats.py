"""Messages about cases leave workers' chats in time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.core.errors import DeliveryError, DeliveryLater, DeliveryRefused, RecipientGone
from bot.core.message import Chat
from bot.services.cases.tidy_chats import TidyChats
from bot.services.ports import Channel, Resident
from tests.builders import FakeChannel
from tests.services.street import Street


@dataclass
class FakeTelegram(FakeChannel):
    """Remembers what it deleted; what is in `refusing` it refuses with that error."""

    deleted: list[tuple[Chat, str]] = field(default_factory=list)
    refusing: dict[str, DeliveryError] = field(default_factory=dict)
    asked: int = 0

    async def delete(self, chat: Chat, message_id: str) -> None:
        self.asked += 1
        if message_id in self.refusing:
            raise self.refusing[message_id]
        self.deleted.append((chat, message_id))


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


def tidying(street: Street, *channels: Channel, known: bool = True) -> TidyChats:
    names = {chat_id: name for name, chat_id in street.chats.items()}

    async def resident(chat_id: str) -> Resident | None:
        channel = "web" if names[chat_id] == "joost" else "telegram"
        return Resident(chat_id, Chat(channel, names[chat_id])) if known else None

    return TidyChats(street.store, {channel.name: channel for channel in channels}, street.clock, resident)


async def left(street: Street) -> int:
    return len(await street.store.sent_before(street.clock() + timedelta(days=1)))


async def test_only_what_is_older_than_47_hours_is_taken_back(street: Street, telegram: FakeTelegram) -> None:
    old, new = await street.claimed(), await street.claimed()
    card = await street.card_of("samira", old)
    street.clock.move(hours=1, seconds=1)
    await street.card_of("samira", new)
    street.clock.move(hours=46)
    tidy = tidying(street, telegram)
    assert await tidy.tidy() == 1
    assert telegram.deleted == [(Chat("telegram", "samira"), card)]
    assert await left(street) == 1
    assert await tidy.tidy() == 0


async def test_a_channel_that_is_down_is_left_alone_until_the_next_time(street: Street, telegram: FakeTelegram) -> None:
    cards = [await street.card_of("samira", await street.claimed()) for _ in range(3)]
    street.clock.move(hours=48)
    tidy = tidying(street, telegram)
    telegram.refusing = dict.fromkeys(cards, DeliveryLater("down", 3.0))
    assert await tidy.tidy() == 0
    assert (telegram.asked, await left(street)) == (1, 3)
    telegram.refusing = {}
    assert await tidy.tidy() == 3
    assert await left(street) == 0


@pytest.mark.parametrize("error", [RecipientGone("blocked"), DeliveryRefused("never")])
async def test_what_can_never_be_taken_back_is_not_tried_again_and_stops_nothing(
    street: Street, telegram: FakeTelegram, error: DeliveryError
) -> None:
    first, second = [await street.card_of("samira", await street.claimed()) for _ in range(2)]
    street.clock.move(hours=48)
    telegram.refusing = {first: error}
    assert await tidying(street, telegram).tidy() == 1
    assert telegram.deleted == [(Chat("telegram", "samira"), second)]
    assert await left(street) == 0


async def test_what_stood_in_a_chat_that_is_gone_is_forgotten(street: Street, telegram: FakeTelegram) -> None:
    await street.card_of("samira", await street.claimed())
    street.clock.move(hours=48)
    assert await tidying(street, telegram, known=False).tidy() == 0
    assert (telegram.asked, await left(street)) == (0, 0)


async def test_a_channel_that_cannot_take_back_keeps_its_messages(street: Street, telegram: FakeTelegram) -> None:
    case = await street.claimed()
    await street.card_of("joost", case)
    await street.card_of("samira", case)
    street.clock.move(hours=48)
    assert await tidying(street, FakeChannel("web"), telegram).tidy() == 1
    assert await left(street) == 1
    assert await tidying(street).tidy() == 0  # nor does one that is not there
