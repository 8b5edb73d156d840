"""What a worker began on Telegram and did not finish: kept, sealed, with their conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.core.message import File, Kind


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message of a worker for a resident, until the worker says for which case."""

    text: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """Messages that wait for their case, oldest first; or the case that the next message is a note on, or "".

    `sent` is the inbox id of the worker's message whose words are on their way to the resident: taken up again after
    a restart, only the worker is told so. An old one says nothing, since every message has an id of its own.
    """

    unsent: tuple[Unsent, ...] = ()
    note_on: str = ""
    sent: int = 0

    @staticmethod
    def read(raw: dict[str, Any] | None) -> Pending:
        """From the JSON of a conversation; None is one of an older version."""
        kept = raw or {}
        unsent = tuple(Unsent(item["text"], _file(item["file"])) for item in kept.get("unsent", ()))
        return Pending(unsent, kept.get("note_on", ""), kept.get("sent", 0))


def _file(raw: dict[str, Any] | None) -> File | None:
    return File(**{**raw, "kind": Kind(raw["kind"])}) if raw else None
