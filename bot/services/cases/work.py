"""What a worker can do with cases: the use cases that every page and chat of the staff calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.core.case import Case, Result, Said
from bot.core.message import File
from bot.core.team import Worker


class Reply(Protocol):
    """Writes to the resident."""

    async def __call__(
        self, worker: Worker, case_id: str, text: str, file: File | None = None, translation: str = ""
    ) -> Said:
        """Sends the text. `translation` is a text of our own in the resident's language, when there is one."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """The use cases. Each raises CaseUnknown for a case of no team of the worker, IllegalMove or CaseChanged.

    `hand_over` takes a team's id and a worker's id, or "" for the team's queue. `phone` gives the number that the
    resident gave for this case, or "", and logs that it was looked at. `move_cases` puts the cases of a worker who
    left or is ill back in the queue. `reopen` opens a case that was closed less than seven days ago.
    """

    claim: Callable[[Worker, str], Awaitable[Case]]
    reply: Reply
    note: Callable[[Worker, str, str], Awaitable[Said]]
    close: Callable[[Worker, str, Result], Awaitable[Case]]
    hand_over: Callable[[Worker, str, str, str], Awaitable[Case]]
    release: Callable[[Worker, str], Awaitable[Case]]
    phone: Callable[[Worker, str], Awaitable[str]]
    move_cases: Callable[[str], Awaitable[object]]
    reopen: Callable[[Worker, str], Awaitable[Case]] | None = None
