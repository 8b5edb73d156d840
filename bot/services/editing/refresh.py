"""What editors published, by whichever process, is served a moment later."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from bot.core.entry import Examples, Ref
from bot.core.revision import Revision
from bot.core.triage import PatternError
from bot.services.editing.lay_over import laid_over
from bot.services.editing.newsroom import Newsroom

log = structlog.get_logger("refresh")


class Refresh:
    """Call it twice a second: it reads only when something was published or a translation's time is over."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._one_by_one = asyncio.Lock()
        self._seen: int | None = None
        self._until: datetime | None = None
        self._taught: Mapping[Ref, Examples] = {}

    async def __call__(self) -> int:
        """1 when something else is served than before. Raises StoreError, and goes on with the old texts."""
        async with self._one_by_one:
            revision, _ = await self._newsroom.store.marks()
            over = self._until is not None and self._newsroom.clock() >= self._until
            return await self._read(revision) if revision != self._seen or over else 0

    async def again(self) -> None:
        """Reads also when nothing was published: something else changed. Raises StoreError."""
        async with self._one_by_one:
            revision, _ = await self._newsroom.store.marks()
            await self._read(revision)

    def taught(self) -> Mapping[Ref, Examples]:
        """The published examples, as of the last look."""
        return self._taught

    async def _read(self, revision: int) -> int:
        store = self._newsroom.store
        published, changes, readings = await store.published(), await store.source_changes(), await store.readings()
        now = self._newsroom.clock()
        content, until = laid_over(self._newsroom.base, published, changes, readings, now)
        self._seen, self._until, self._taught = revision, until, _taught(published)
        try:
            self._newsroom.served.replace(content, revision)
        except PatternError as error:  # every phrase can be read by itself
            log.error("published phrases cannot be served together", error=type(error).__name__)
            return 0
        return 1


def _taught(published: Sequence[Revision]) -> Mapping[Ref, Examples]:
    return {one.ref: one.body for one in published if isinstance(one.body, Examples)}
