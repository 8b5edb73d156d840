"""One resident's chat in the neighbourhood of street.py: what they do, and what they read in answer."""

from __future__ import annotations

import itertools

from bot.core.answer import Voice
from bot.core.case import Case, Said
from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.core.served import Served
from bot.core.triage import Triage
from bot.services.cases import cases_of
from bot.services.ports import Dialogue
from bot.services.translate import Translate
from bot.services.turns.ask_person import AskPerson
from bot.services.turns.respond import Respond
from bot.services.turns.take_turn import TakeTurn
from tests.builders import FakeDialogue
from tests.services.street import Street, button_of

SCRIPT = {
    "ik wil een mens spreken": "talk_to_person",
    "nee laat maar": "cancel",
    "nee": "deny",
    "ja": "affirm",
    "wat kost de griepprik": "flu_jab",
    "wat bewaren jullie": "my_data",
    "hoi": "greet",
    "ik kan de huur niet betalen": "money_worries",
}
_updates = itertools.count(1)


class Talk:
    """A resident who chose Dutch and was welcomed. `says` and its like give what is read in answer, in order."""

    def __init__(
        self,
        street: Street,
        content: Content,
        triage: Triage,
        dialogue: Dialogue | None = None,
        *,
        address: str = "1001",
        language: str = "nl",
        translating: bool = False,
        places: Places | None = None,
    ) -> None:
        self.street, self.store, self.address, self.language = street, street.store, address, language
        self.dialogue = dialogue or FakeDialogue(dict(SCRIPT))
        self.resident = ""
        voice = Voice(Served(content))

        async def find() -> Places:
            if places is not None:
                return places
            return Places(tuple(await self.store.areas()), tuple(await self.store.teams()), "centre")

        respond = Respond(voice, self.dialogue, AskPerson(voice, self.dialogue, find))
        translate = Translate(street.translator if translating else None)
        self.cases = cases_of(street.office, translate, "centre")
        self.take = TakeTurn(self.store, respond, street.clock, self.cases)
        self._seen: set[int] = set()

    async def start(self) -> Talk:
        """The first contact is over."""
        self.resident = await self.street.somebody(self.address)
        async with self.store.unit() as unit:
            known = Conversation(chosen=self.language, welcomed=True)
            await unit.keep_conversation(self.resident, known, self.street.clock())
        return self

    async def says(self, text: str = "", kind: Kind = Kind.TEXT, **more: object) -> list[Outgoing]:
        chat = Chat("telegram", self.address)
        number = f"talk {next(_updates)}"
        incoming = Incoming(chat, number, kind, self.street.clock(), text, **more)  # type: ignore[arg-type]
        async with self.store.unit() as unit:
            received = await unit.receive(incoming)
        assert received is not None
        self.resident = received.resident.id
        await self.take(received.id)
        return await self.new()

    async def new(self) -> list[Outgoing]:
        """What came since the last look."""
        waiting = await self.store.due_deliveries(self.resident, self.street.clock())
        fresh = [delivery.outgoing for delivery in waiting if delivery.id not in self._seen]
        self._seen |= {delivery.id for delivery in waiting}
        self.last = fresh[-1] if fresh else getattr(self, "last", None)
        return fresh

    async def taps(self, label: str, on: Outgoing | None = None) -> list[Outgoing]:
        shown = on or self.last
        assert shown is not None
        return await self.says(button_of(shown, label).data, Kind.BUTTON)

    async def commands(self, name: str) -> list[Outgoing]:
        return await self.says(name, Kind.COMMAND)

    async def asks(self) -> list[Outgoing]:
        return await self.says("ik wil een mens spreken")

    async def sends(self, *words: str) -> Case:
        """A case, by the shortest way."""
        await self.asks()
        for text in words:
            await self.says(text)
        await self.says("8911")
        await self.taps("Ja, stuur dit")
        return await self.case()

    async def case(self) -> Case:
        found = await self.store.case_of(self.resident)
        assert found is not None
        return found

    async def has_case(self) -> bool:
        return await self.store.case_of(self.resident) is not None

    async def said(self) -> list[Said]:
        found = await self.store.case_file((await self.case()).id)
        assert found is not None
        return list(found.said)

    async def remembered(self) -> Conversation:
        async with self.store.unit() as unit:
            received = await unit.receive(
                Incoming(Chat("telegram", self.address), f"look {next(_updates)}", Kind.TEXT, self.street.clock())
            )
            assert received is not None
        taken = await self.store.take(received.id)
        assert taken is not None
        async with self.store.unit() as unit:
            await unit.finish(received.id)
        return taken[1]


def keys(messages: list[Outgoing]) -> list[str]:
    return [message.key for message in messages]


def buttons(message: Outgoing) -> list[str]:
    return [button.label for row in message.buttons for button in row]
