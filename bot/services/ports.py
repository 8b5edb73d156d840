"""What the use cases ask of the world. Hand-written fakes and the real things both fit these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.case import Case
from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming, Outgoing
from bot.services.case_ports import CaseReads, CaseWrites, StaffReads, StaffWrites
from bot.services.content_ports import ContentReads, ContentWrites


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic or meta key and how likely it is, 0 to 1."""

    key: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message seems to be about.

    `chosen` is the key that is sure enough to answer at once, or "" (then `ranking` is offered).
    `languages` maps codes to probabilities; `foreign` is the code of a language that is not ours, or "".
    `flag` is the second opinion on danger: the flag's name and how sure it is.
    """

    ranking: tuple[Guess, ...] = ()
    chosen: str = ""
    languages: Mapping[str, float] = field(default_factory=dict)
    foreign: str = ""
    flag: Guess = Guess("", 0.0)


@dataclass(frozen=True, slots=True)
class Said:
    """What the dialogue chose to say: a key such as "utter_flu_jab", and topics to offer."""

    key: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The keys that the dialogue chose, and what it wants to be reminded of at the next turn (JSON).

    `asking` is what an open form waits for ("case_area"), or "".
    """

    said: tuple[Said, ...]
    snapshot: str
    asking: str = ""


class Dialogue(Protocol):
    """The language model: understands words, and chooses keys, never words. Raises DialogueError."""

    async def understand(self, text: str) -> Understanding:
        """What a typed text is about. The text can command nothing."""
        ...

    async def converse(self, resident: str, snapshot: str, understanding: Understanding) -> Reply:
        """The next step after an understood text."""
        ...

    async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
        """The next step after a tapped button. `key` must be one that a button may carry."""
        ...

    async def tell(self, resident: str, snapshot: str, **told: str) -> Reply:
        """The next step after a form was told something: `area` or `consent`."""
        ...

    def asking(self, snapshot: str) -> str:
        """What the open form of a snapshot waits for ("case_area"), or ""."""
        ...


class Clock(Protocol):
    """The time, with its zone."""

    def __call__(self) -> datetime:
        """Now."""
        ...


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who asks, known by a random id, and the chat where they are reached."""

    id: str
    chat: Chat
    in_group: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """A stored message that waits for its turn.

    `worker` is the id of the worker whose linked chat it came from, or "": then it is no resident's message.
    `case` is the resident's open case, or the one closed last. `topic` is the id of the case in whose topic of the
    team's group it was said, or ""; `worker` is then who said it, if they linked a chat of their own.
    """

    id: int
    resident: Resident
    incoming: Incoming
    attempts: int = 0
    worker: str = ""
    case: Case | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stored message that waits to be delivered. `attempts` counts what was tried before."""

    id: int
    resident: Resident
    outgoing: Outgoing
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """All that is kept on a resident; of their cases what was said is in `case_file`."""

    since: datetime
    conversation: Conversation | None
    waiting_messages: int
    waiting_answers: int
    cases: tuple[Case, ...] = ()


class Unit(CaseReads, CaseWrites, StaffReads, StaffWrites, ContentReads, ContentWrites, Protocol):
    """One transaction that writes: what happens in it is kept together or not at all."""

    async def receive(self, incoming: Incoming) -> Received | None:
        """Stores a message; None when this update was stored before."""
        ...

    async def finish(self, inbox_id: int) -> None:
        """Marks a message as dealt with and wipes its text."""
        ...

    async def keep_conversation(self, resident_id: str, conversation: Conversation, at: datetime) -> None:
        """Remembers a conversation."""
        ...

    async def post(self, resident_id: str, messages: Sequence[Outgoing], at: datetime) -> None:
        """Puts messages in the outbox; ids grow in the order of posting."""
        ...

    async def delivered(self, outbox_id: int) -> None:
        """Marks a message as delivered and wipes its text."""
        ...

    async def postpone(self, outbox_id: int, until: datetime) -> None:
        """Counts a failed attempt; the message is not tried again before `until`."""
        ...

    async def give_up(self, outbox_id: int, reason: str) -> None:
        """Marks a message as undeliverable, for a reason that holds no text, and wipes it."""
        ...

    async def group_at(self, chat: Chat, at: datetime) -> str:
        """The id of a group, or a topic in one, at an address; kept from now on if it was not."""
        ...

    async def stop(self, resident_id: str) -> None:
        """The resident cannot be reached any more: everything that waits for them is dropped."""
        ...

    async def resume(self, resident_id: str) -> None:
        """The resident can be reached again."""
        ...

    async def forget(self, resident_id: str, keep_address: bool) -> None:
        """Erases a resident. With `keep_address` only until the last message to them is delivered."""
        ...


class Store(CaseReads, StaffReads, ContentReads, Protocol):
    """The database: reading needs no transaction, writing is a unit. Raises StoreBusy or StoreUnusable."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction: committed at the end, rolled back when an exception leaves it. Not to be nested."""
        ...

    async def take(self, inbox_id: int) -> tuple[Received, Conversation] | None:
        """The waiting message of this id and what is remembered of its resident's conversation.

        None when the message was dealt with.
        """
        ...

    async def held(self, resident_id: str) -> Held | None:
        """All that is kept on a resident."""
        ...

    async def resident(self, resident_id: str) -> Resident | None:
        """Whose id this is, and where they are reached; None when they left."""
        ...

    async def waiting_inbox(self) -> list[tuple[int, str]]:
        """(inbox id, resident id) of all messages without an answer, oldest first."""
        ...

    async def due_deliveries(self, resident_id: str, now: datetime) -> list[Delivery]:
        """What may be delivered to a resident now, in order; nothing while an earlier one waits."""
        ...

    async def waiting_residents(self) -> list[tuple[str, datetime]]:
        """(resident id, when the next message may be tried) for all that the outbox still holds."""
        ...


class Channel(Protocol):
    """A way to reach residents."""

    name: str

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> Sequence[str]:
        """Hands one message over; returns the channel's ids of what was sent.

        Raises DeliveryLater, RecipientGone or DeliveryRefused.
        """
        ...

    async def show_typing(self, chat: Chat) -> None:
        """Shows that an answer is being looked up; cancelled when it was. Never raises."""
        ...


class WordKnowledge(Protocol):
    """What is known of words in our languages."""

    def knows(self, language: str) -> bool:
        """Whether common words can be told from hard ones in this language."""
        ...

    def is_easy(self, word: str, language: str, explained: frozenset[str]) -> bool:
        """Whether a word is common, or one of `explained` (small letters), or made of such words."""
        ...

    def syllables(self, word: str, language: str) -> int:
        """The number of syllables of a word, at least 1."""
        ...
