"""Short ways to make what tests need; the defaults are an ordinary Dutch question."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.core.answer import Voice
from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.errors import DialogueError
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.core.phrases import Host
from bot.core.served import Served
from bot.services.cases import cases_of
from bot.services.cases.office import Office
from bot.services.ports import Dialogue, Guess, Reply, Said, Store, Understanding
from bot.services.signals import Signals
from bot.services.translate import Translate
from bot.services.turns.ask_person import AskPerson, Find
from bot.services.turns.respond import Respond
from bot.services.turns.take_turn import TakeTurn

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_numbers = count(1)


def incoming(text: str = "wat kost de griepprik", kind: Kind = Kind.TEXT, **more: object) -> Incoming:
    fields = {"chat": Chat("telegram", "1001"), "update_id": str(next(_numbers)), "at": NOON} | more
    return Incoming(kind=kind, text=text, **fields)  # type: ignore[arg-type]


class Clock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class FakeDialogue:
    """Understands by a script: text -> key, and says `utter_<key>`; anything else is not understood."""

    script: dict[str, str] = field(default_factory=dict)
    languages: dict[str, float] = field(default_factory=lambda: {"nl": 1.0})
    foreign: str = ""
    flag: Guess = field(default_factory=lambda: Guess("", 0.0))
    broken: bool = False
    unsure: dict[str, tuple[str, float]] = field(default_factory=dict)  # text -> key and how sure
    heard: list[str] = field(default_factory=list)

    async def understand(self, text: str) -> Understanding:
        if self.broken:
            raise DialogueError("broken on purpose")
        self.heard.append(text)
        key, sure = self.unsure.get(text, (self.script.get(text, ""), 0.9))
        ranking = (Guess(key, sure),) if key else (Guess("hpv", 0.3), Guess("flu_jab", 0.2))
        return Understanding(ranking, key, self.languages, self.foreign, self.flag)

    async def converse(self, resident: str, snapshot: str, understanding: Understanding) -> Reply:
        if self.broken:
            raise DialogueError("broken on purpose")
        if understanding.chosen:
            if asking := self.asking(snapshot):
                if understanding.chosen in {"cancel", "deny"}:
                    return Reply((Said("utter_case_not_sent"),), "0")
                return Reply((Said(f"utter_{understanding.chosen}"), Said(f"utter_ask_{asking}")), snapshot, asking)
            return Reply((Said(f"utter_{understanding.chosen}"),), "0")
        failures = int(snapshot or 0) + 1
        key = "utter_did_you_mean" if failures == 1 else "utter_not_understood_person"
        return Reply((Said(key, tuple(guess.key for guess in understanding.ranking)),), str(failures))

    async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
        if self.broken:
            raise DialogueError("broken on purpose")
        asking = self.asking(snapshot)
        if key == "talk_to_person" and not asking:
            return Reply((Said("utter_ask_case_area"),), "form case_area", "case_area")
        if key == "cancel" and self.asking(snapshot):
            return Reply((Said("utter_case_not_sent"),), "0")
        if key in {"something_else", "talk_to_person"}:
            return Reply((Said("utter_not_understood"),), snapshot, asking)
        if asking:
            return Reply((Said(f"utter_{key}"), Said(f"utter_ask_{asking}")), snapshot, asking)
        return Reply((Said(f"utter_{key}"),), "0")

    async def tell(self, resident: str, snapshot: str, **told: str) -> Reply:
        """The case form: an area leads to the consent, a consent to the end; as in Rasa, a consent may come first."""
        if self.broken:
            raise DialogueError("broken on purpose")
        if "area" in told and self.asking(snapshot):
            return Reply((Said("utter_ask_case_consent"),), "form case_consent", "case_consent")
        if "consent" in told and self.asking(snapshot) == "case_consent":
            return Reply((Said("utter_case_sent"),), "0")
        return Reply((Said("utter_case_not_sent"),), "0")

    def asking(self, snapshot: str) -> str:
        return snapshot.removeprefix("form ") if snapshot.startswith("form ") else ""


async def no_places() -> Places:
    return Places()


def responding(
    content: Content,
    dialogue: Dialogue,
    host: Host = Host(),  # noqa: B008 - frozen
    places: Find = no_places,
    **voice: bool,
) -> Respond:
    """What answers one message; without teams, unless `places` finds some."""
    spoken = Voice(Served(content), **voice)
    return Respond(spoken, dialogue, AskPerson(spoken, dialogue, places), host)


def turning(store: Store, respond: Respond, clock: Clock, signals: Signals) -> TakeTurn:
    """What takes one turn, with cases and without a translator."""
    office = Office(store, clock, signals, respond.voice, lambda: uuid.uuid4().hex, "https://buurt.example")
    return TakeTurn(store, respond, clock, cases_of(office, Translate(None)))


@dataclass
class FakeChannel:
    """Keeps what it was given; `failures` are raised one by one first."""

    name: str = "telegram"
    sent: list[tuple[Chat, Outgoing]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> list[str]:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((chat, outgoing))
        return [str(len(self.sent))]

    async def show_typing(self, chat: Chat) -> None:
        return None

    @property
    def texts(self) -> list[str]:
        return [outgoing.text for _, outgoing in self.sent]
