"""Files that were looked at and not yet taken in: kept in memory, for their worker alone, for a quarter of an hour."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.file_read import FileRead
from bot.core.team import Worker
from bot.services.editing.import_plan import Preview
from bot.services.ports import Clock

LASTS: Final = timedelta(minutes=15)
MOST: Final = 10  # files at once, of all workers; the oldest goes


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """What was read from a file, and what it would change."""

    worker: str
    name: str
    read: FileRead
    preview: Preview
    until: datetime


class WaitingFiles:
    """By a token; a worker has one at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, WaitingFile] = {}

    def keep(self, worker: Worker, name: str, read: FileRead, preview: Preview) -> tuple[str, WaitingFile]:
        """The token under which `worker` finds it again, and what is kept."""
        self._leave()
        for token in [token for token, one in self._files.items() if one.worker == worker.id]:
            del self._files[token]
        while len(self._files) >= MOST:
            del self._files[next(iter(self._files))]
        token = secrets.token_urlsafe(16)
        self._files[token] = kept = WaitingFile(worker.id, name, read, preview, self._clock() + LASTS)
        return token, kept

    def find(self, worker: Worker, token: str) -> WaitingFile | None:
        """The file, if it is this worker's and still waits."""
        self._leave()
        found = self._files.get(token)
        return found if found is not None and found.worker == worker.id else None

    def drop(self, token: str) -> None:
        """It was taken in, or is not wanted."""
        self._files.pop(token, None)

    def _leave(self) -> None:
        now = self._clock()
        self._files = {token: one for token, one in self._files.items() if one.until > now}
