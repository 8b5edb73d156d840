"""A neighbourhood for tests: two teams, their people, and residents who wrote; on either store."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace

from bot.core.answer import Voice
from bot.core.case import Author, Case, Event, Said
from bot.core.content import Content
from bot.core.errors import TranslationFailed
from bot.core.message import Button, Chat, Incoming, Kind, Outgoing
from bot.core.served import Served
from bot.core.team import Area, Role, Team, Worker
from bot.services.case_ports import CaseFile
from bot.services.cases.office import Office
from bot.services.cases.staff_work import staff_work
from bot.services.cases.worker_turn import WorkerTurn
from bot.services.ports import Store
from bot.services.translate import Translate
from tests.builders import NOON, Clock
from tests.fake_cases import FakeSignals

CENTRE = Team("centre", "Team Centrum", phone="058 123 45 67", text_in_telegram=True)
NORTH = Team("north", "Team Noord")
BOTH = frozenset({Role.WORKER, Role.COORDINATOR})
STAFF = (
    Worker("samira", "samira@example.org", "Samira", teams=("centre",), languages=("nl", "ar")),
    Worker("joost", "joost@example.org", "Joost", teams=("centre",), language="en"),
    Worker("petra", "petra@example.org", "Petra", BOTH, ("centre",), on_duty=False),
    Worker("noor", "noor@example.org", "Noor", teams=("north",)),
)


class Translator:
    """Says everything in capitals; broken when told."""

    name = "LibreTranslate"

    def __init__(self) -> None:
        self.broken = False

    async def __call__(self, text: str, source: str, target: str) -> str:
        if self.broken:
            raise TranslationFailed("it hangs")
        return text.upper()


class Street:
    """Everything that workers' use cases need, with short ways to look at what came of them."""

    def __init__(self, store: Store, content: Content) -> None:
        self.store, self.clock, self.signals, self.translator = store, Clock(), FakeSignals(), Translator()
        secrets = itertools.count(1)
        self.office = Office(
            store,
            self.clock,
            self.signals,
            Voice(Served(content)),
            lambda: f"secret{next(secrets)}",
            "https://buurt.example",
        )
        self.work = staff_work(self.office, Translate(self.translator))
        self.turn = WorkerTurn(self.office, self.work)
        self.chats: dict[str, str] = {}
        self._numbers = itertools.count(1)

    async def settle(self) -> None:
        async with self.store.unit() as unit:
            await unit.keep_team(CENTRE)
            await unit.keep_team(NORTH)
            await unit.keep_area(Area("8911", "de Vlietzone", "centre"))
            for worker in STAFF:
                await unit.keep_worker(worker)
        for worker in STAFF:
            self.chats[worker.id] = await self.somebody(worker.id)
            async with self.store.unit() as unit:
                await unit.link_chat(worker.id, self.chats[worker.id])

    async def somebody(self, address: str) -> str:
        """The id of a chat that wrote something long ago."""
        async with self.store.unit() as unit:
            received = await unit.receive(self._incoming(address, Kind.TEXT, "hoi"))
            assert received is not None
            await unit.finish(received.id)
        return received.resident.id

    async def worker(self, name: str) -> Worker:
        found = await self.store.worker(name)
        assert found is not None
        return found

    async def change(self, name: str, **changes: object) -> Worker:
        """Somebody of the staff, made different."""
        async with self.store.unit() as unit:
            await unit.keep_worker(replace(await unit.worker(name), **changes))  # type: ignore[arg-type,type-var]
        return await self.worker(name)

    async def team(self, team: Team, **changes: object) -> None:
        async with self.store.unit() as unit:
            await unit.keep_team(replace(team, **changes))  # type: ignore[arg-type]

    async def case(self, words: str = "Ik kan de huur niet betalen.", **more: object) -> Case:
        """A case of a resident of their own, who wrote these words."""
        case_id = uuid.uuid4().hex
        resident = await self.somebody(f"resident {case_id}")
        fields = {"team": "centre", "language": "nl", "topic": "flu_jab", "area": "8911"} | more
        case = Case(case_id, resident, opened_at=NOON, changed_at=NOON, due_at=NOON, **fields)  # type: ignore[arg-type]
        async with self.store.unit() as unit:
            await unit.keep_case(case)
            await unit.log_event(case.id, Event("opened", NOON))
            await unit.add_said(case.id, Said(Author.RESIDENT, words, case.language, NOON))
        return case

    async def claimed(self, name: str = "samira", words: str = "Ik kan de huur niet betalen.", **more: object) -> Case:
        case = await self.case(words, **more)
        return await self.work.claim(await self.worker(name), case.id)

    async def now(self, case: Case) -> Case:
        found = await self.store.case(case.id)
        assert found is not None
        return found

    async def file(self, case: Case) -> CaseFile:
        found = await self.store.case_file(case.id)
        assert found is not None
        return found

    async def log(self, case: Case) -> list[str]:
        return [event.what for event in (await self.file(case)).events]

    async def told(self, who: str | Case) -> list[Outgoing]:
        """Everything that waits for a worker, or for the resident of a case."""
        chat = who.resident if isinstance(who, Case) else self.chats[who]
        return [delivery.outgoing for delivery in await self.store.due_deliveries(chat, self.clock())]

    async def last(self, who: str | Case) -> Outgoing:
        return (await self.told(who))[-1]

    async def writes(self, name: str, text: str = "", kind: Kind = Kind.TEXT, **more: object) -> Outgoing | None:
        """A worker does something in Telegram; what they are answered last."""
        async with self.store.unit() as unit:
            received = await unit.receive(self._incoming(name, kind, text, **more))
        assert received is not None
        taken = await self.store.take(received.id)
        assert taken is not None
        posted = await self.turn(*taken)
        assert await self.store.take(received.id) is None, "the message was not dealt with"
        return posted[-1] if posted else None

    async def taps(self, name: str, label: str, on: Outgoing | None = None) -> Outgoing | None:
        """A worker taps a button by its words, on what they saw last."""
        button = button_of(on or await self.last(name), label)
        return await self.writes(name, button.data, Kind.BUTTON)

    async def card_of(self, name: str, case: Case) -> str:
        """The id of a message about a case in a worker's chat, as if it had been delivered."""
        message_id = f"card of {case.id}"
        async with self.store.unit() as unit:
            await unit.remember_sent(self.chats[name], case.id, [message_id], self.clock())
        return message_id

    def _incoming(self, address: str, kind: Kind, text: str, **more: object) -> Incoming:
        number = str(next(self._numbers))
        return Incoming(Chat("telegram", address), f"street {number}", kind, self.clock(), text, **more)  # type: ignore[arg-type]


def button_of(outgoing: Outgoing, label: str) -> Button:
    """The button whose words begin so."""
    found = [button for row in outgoing.buttons for button in row if button.label.startswith(label)]
    assert found, f"no button {label!r} on {outgoing.text!r}"
    return found[0]


def labels(outgoing: Outgoing) -> list[str]:
    return [button.label for row in outgoing.buttons for button in row]
