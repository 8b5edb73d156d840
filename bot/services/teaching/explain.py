"""A question asked as a resident would ask it, and why it was taken for what it was taken for."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.core.conversation import Conversation
from bot.core.errors import DialogueError, EditError
from bot.core.language import LANGUAGES
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.core.normalise import clean, normalise
from bot.services.content_ports import Near
from bot.services.ports import Clock, Guess, Understanding
from bot.services.turns.respond import LONG, SECOND_OPINION_SECONDS, Respond

_numbers = itertools.count(1)


class Swapping(Protocol):
    """The language model of this process, which can be exchanged while it is used."""

    @property
    def model(self) -> Path:
        """The file that is loaded."""
        ...

    async def load(self, path: Path) -> None:
        """Loads another model beside it, then goes on with that one. Raises ModelMissing and keeps the old one."""
        ...

    async def explain(self, text: str) -> tuple[Understanding, tuple[Near, ...]]:
        """What a text is about, and the examples that are nearest to it. Raises DialogueError."""
        ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a question was taken for, how surely, and why. `said` is what a resident would read.

    `chosen` is the key answered at once, or "" (then `ranking` is offered). `flag` is the red flag that was raised, or
    "", and `flag_by` "phrases" or "examples".
    """

    language: str
    chosen: str
    ranking: tuple[Guess, ...]
    nearest: tuple[Near, ...]
    flag: str
    flag_by: str
    said: tuple[Outgoing, ...]


class Explain:
    """Call it with a text and the language that was chosen, "" for none. Nothing of it is kept."""

    def __init__(self, respond: Respond, dialogue: Swapping, clock: Clock) -> None:
        self._respond, self._dialogue, self._clock = respond, dialogue, clock

    async def __call__(self, text: str, language: str) -> Explanation:
        """The explanation. Raises EditError for an empty question or a language that is none of ours."""
        if not normalise(text):
            raise EditError("Type a question first.")
        if language and language not in LANGUAGES:
            raise EditError("Choose one of the languages of the list.")
        # An id of its own: two editors who ask at once have two conversations.
        who, at = f"explain-{next(_numbers)}", self._clock()
        turn = await self._respond(who, _message(text, who, at), Conversation(chosen=language, welcomed=True))
        flag = turn.flag.value if turn.flag is not None else ""
        by_phrases = bool(flag) and self._respond.voice.served.assess(text) is not None
        return Explanation(
            language=turn.language,
            chosen="" if flag else turn.understanding.chosen,
            ranking=turn.understanding.ranking,
            nearest=await self._nearest(clean(text)[:LONG]),
            flag=flag,
            flag_by="" if not flag else "phrases" if by_phrases else "examples",
            said=turn.outgoing,
        )

    async def _nearest(self, text: str) -> tuple[Near, ...]:
        try:
            _, nearest = await asyncio.wait_for(self._dialogue.explain(text), SECOND_OPINION_SECONDS)
        except (DialogueError, TimeoutError):
            return ()
        return nearest


def _message(text: str, who: str, at: datetime) -> Incoming:
    return Incoming(Chat("desk", who), who, Kind.TEXT, at, text)
