"""A message about a case can be answered: the ids of what was sent are kept together with its delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.errors import DeliveryRefused
from bot.core.message import Chat, Outgoing
from bot.services.ports import Delivery, Resident
from bot.services.turns.deliver import Deliver
from tests.builders import NOON, Clock, FakeChannel

SAMIRA = Resident("r-samira", Chat("telegram", "77"))
CARD = Outgoing("Een nieuwe zaak", "nl", key="staff_card", case="c1")
HELLO = Outgoing("Dag", "nl", key="utter_greet")


@dataclass
class Outbox:
    """A store that holds only an outbox; each write lists what happened in one transaction."""

    waiting: list[Delivery] = field(default_factory=list)
    writes: list[list[tuple[object, ...]]] = field(default_factory=list)

    async def due_deliveries(self, resident_id: str, now: datetime) -> list[Delivery]:
        return self.waiting

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Outbox]:
        self.writes.append([])
        yield self

    async def remember_sent(self, chat_id: str, case_id: str, message_ids: Sequence[str], at: datetime) -> None:
        self.writes[-1].append(("sent", chat_id, case_id, list(message_ids), at))

    async def delivered(self, outbox_id: int) -> None:
        self.writes[-1].append(("delivered", outbox_id))

    async def give_up(self, outbox_id: int, reason: str) -> None:
        self.writes[-1].append(("given up", outbox_id))


def deliver(outbox: Outbox, channel: FakeChannel) -> Deliver:
    return Deliver(outbox, {"telegram": channel}, Clock())  # type: ignore[arg-type]


async def test_the_ids_of_a_card_are_kept_in_the_transaction_that_marks_it_delivered() -> None:
    outbox = Outbox([Delivery(5, SAMIRA, CARD)])
    await deliver(outbox, FakeChannel())("r-samira")
    assert outbox.writes == [[("sent", "r-samira", "c1", ["1"], NOON), ("delivered", 5)]]


async def test_of_what_is_about_no_case_no_ids_are_kept() -> None:
    outbox = Outbox([Delivery(5, SAMIRA, HELLO)])
    await deliver(outbox, FakeChannel())("r-samira")
    assert outbox.writes == [[("delivered", 5)]]


async def test_of_what_was_refused_no_ids_are_kept() -> None:
    outbox = Outbox([Delivery(5, SAMIRA, CARD)])
    await deliver(outbox, FakeChannel(failures=[DeliveryRefused("no")]))("r-samira")
    assert outbox.writes == [[("given up", 5)]]
