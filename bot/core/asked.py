"""Questions that were not answered: kept without who asked, scrubbed, for 30 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Filed(StrEnum):
    """What an editor did with a question."""

    OPEN = "open"
    FILED = "filed"  # it became an example of `topic`
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, scrubbed of names, numbers and addresses (`core.scrub`). `offered` are topics."""

    id: int
    text: str
    language: str
    offered: tuple[str, ...]
    at: datetime
    state: Filed = Filed.OPEN
    topic: str = ""
