"""What every use case about content works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.core.content import Content
from bot.core.served import Served
from bot.services.ports import Clock, Store, WordKnowledge


class DraftTranslator(Protocol):
    """A machine that drafts a translation of public text. Raises TranslationFailed."""

    async def __call__(self, text: str, source: str, target: str) -> str:
        """The text in the other language, its {placeholders} kept."""
        ...


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The store, the time, what is served now and the files it is built on, and how it is checked.

    `base` are the texts of the files. `refresh` reads what was published: called after every publishing, and twice
    a second by the clock. `four_eyes`: may nobody publish what they wrote themselves? `translate` is None without a
    service for drafts.
    """

    store: Store
    clock: Clock
    served: Served
    base: Content
    words: WordKnowledge
    secret: Callable[[], str]
    four_eyes: bool = False
    translate: DraftTranslator | None = None
    public_url: str = ""
