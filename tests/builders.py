"""Short ways to make what tests need; the defaults are an ordinary Dutch question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.core.errors import DialogueError
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.services.ports import Guess, Reply, Said, Understanding

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
    heard: list[str] = field(default_factory=list)

    async def understand(self, text: str) -> Understanding:
        if self.broken:
            raise DialogueError("broken on purpose")
        self.heard.append(text)
        key = self.script.get(text, "")
        ranking = (Guess(key, 0.9),) if key else (Guess("hpv", 0.3), Guess("flu_jab", 0.2))
        return Understanding(ranking, key, self.languages, self.foreign, self.flag)

    async def converse(self, resident: str, snapshot: str, understanding: Understanding) -> Reply:
        if self.broken:
            raise DialogueError("broken on purpose")
        if understanding.chosen:
            return Reply((Said(f"utter_{understanding.chosen}"),), "0")
        failures = int(snapshot or 0) + 1
        key = "utter_did_you_mean" if failures == 1 else "utter_not_understood_person"
        return Reply((Said(key, tuple(guess.key for guess in understanding.ranking)),), str(failures))

    async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
        if self.broken:
            raise DialogueError("broken on purpose")
        if key == "something_else":
            return Reply((Said("utter_not_understood"),), snapshot)
        return Reply((Said(f"utter_{key}"),), "0")


@dataclass
class FakeChannel:
    """Keeps what it was given; `failures` are raised one by one first."""

    name: str = "telegram"
    sent: list[tuple[Chat, Outgoing]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((chat, outgoing))

    async def show_typing(self, chat: Chat) -> None:
        return None

    @property
    def texts(self) -> list[str]:
        return [outgoing.text for _, outgoing in self.sent]
