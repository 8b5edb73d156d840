"""What every use case about cases works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.answer import Voice
from bot.core.staff_words import StaffWords
from bot.services.ports import Clock, Store
from bot.services.signals import Signals


@dataclass(frozen=True, slots=True)
class Office:
    """The store, the time, the texts, and who is told of changes.

    `public_url` is where the desk is reached, "" when it has no address of its own; `secret` draws a new token.
    """

    store: Store
    clock: Clock
    signals: Signals
    voice: Voice
    secret: Callable[[], str]
    public_url: str = ""

    @property
    def words(self) -> StaffWords:
        """The texts for workers."""
        return StaffWords(self.voice.content)
