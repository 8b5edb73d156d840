"""A dialogue for asking thousands of test questions: what was understood is known beforehand, steps are asked once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.core.normalise import clean
from bot.services.ports import Dialogue, Reply, Understanding
from bot.services.turns.respond import LONG


class Many(Dialogue, Protocol):
    """A dialogue that reads many texts at once."""

    async def understand_many(self, texts: list[str]) -> list[Understanding]:
        """What each of the texts is about."""
        ...


class Rehearsed:
    """Implements Dialogue by another one. Only for first messages: it does not tell residents apart."""

    def __init__(self, dialogue: Dialogue, understood: dict[str, Understanding]) -> None:
        self._dialogue, self._understood = dialogue, understood
        self._replies: dict[tuple[str, str], Reply] = {}

    async def understand(self, text: str) -> Understanding:
        """What was understood beforehand."""
        return self._understood.get(text) or await self._dialogue.understand(text)

    async def converse(self, resident: str, snapshot: str, understanding: Understanding) -> Reply:
        """The next step; what a key leads to is asked once."""
        known = (snapshot, understanding.chosen)
        if known in self._replies:
            return self._replies[known]
        reply = await self._dialogue.converse(resident, snapshot, understanding)
        if understanding.chosen:  # else it depends on the ranking
            self._replies[known] = reply
        return reply

    async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
        """See `services.ports.Dialogue`."""
        return await self._dialogue.choose(resident, snapshot, key)

    async def tell(self, resident: str, snapshot: str, **told: str) -> Reply:
        """See `services.ports.Dialogue`."""
        return await self._dialogue.tell(resident, snapshot, **told)

    def asking(self, snapshot: str) -> str:
        """See `services.ports.Dialogue`."""
        return self._dialogue.asking(snapshot)


async def rehearsed(dialogue: Many, messages: Iterable[str]) -> Rehearsed:
    """The dialogue, when it has read these messages."""
    texts = sorted({clean(message)[:LONG] for message in messages})
    return Rehearsed(dialogue, dict(zip(texts, await dialogue.understand_many(texts), strict=True)))
