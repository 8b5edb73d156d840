"""Files that people send along: kept for the channels that hold none themselves, opened from whoever has them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from bot.core.message import File, Kind

MAX_FILE: Final = 20 * 1024 * 1024  # bytes; what Telegram lets a bot download, so the same everywhere

Fetch = Callable[[File], Awaitable[bytes | None]]


class Files(Protocol):
    """A place for files, sealed."""

    async def keep(self, data: bytes, kind: Kind, name: str) -> File:
        """Keeps a file under a name nobody can guess. Raises StoreError when it cannot."""
        ...

    async def open(self, file: File) -> bytes | None:
        """What is in a file; None when it is gone. Raises DeliveryError when its channel cannot give it now."""
        ...

    async def wipe(self, file: File) -> None:
        """The file is gone; one that is gone already stays so."""
        ...


class Cabinet:
    """Files of every channel: keeps in one place, and opens from the channel that holds a file.

    `fetch` says per channel how its own files are got; all others are in `kept`.
    """

    def __init__(self, kept: Files, fetch: Mapping[str, Fetch]) -> None:
        self._kept = kept
        self._fetch = fetch

    async def keep(self, data: bytes, kind: Kind, name: str) -> File:
        """See `Files`."""
        return await self._kept.keep(data, kind, name)

    async def open(self, file: File) -> bytes | None:
        """See `Files`."""
        fetch = self._fetch.get(file.channel, self._kept.open)
        return await fetch(file)

    async def wipe(self, file: File) -> None:
        """See `Files`. What another channel holds is its own to keep."""
        if file.channel not in self._fetch:
            await self._kept.wipe(file)
