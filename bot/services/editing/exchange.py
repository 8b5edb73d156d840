"""Content out and in, as the pages and the command line use it; what writes and reads files is handed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.core.file_read import FileRead
from bot.core.revision import Change
from bot.core.source_change import History
from bot.core.team import Worker
from bot.services.editing.content_changes import Entries
from bot.services.editing.export_content import exported, whole_history
from bot.services.editing.import_content import ImportContent, Imported
from bot.services.editing.import_plan import Preview, Refresh
from bot.services.editing.newsroom import Newsroom


class Apply(Protocol):
    """Takes in what a file changes: all of it or nothing."""

    async def __call__(
        self,
        worker: Worker,
        entries: Entries,
        why: str,
        *,
        change: Change = Change.MEANING,
        overrides: str = "",
        drafts_only: bool = False,
        seen: int | None = None,
    ) -> Imported:
        """What was done. Raises ImportRefused or EntryChanged; then nothing was changed."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """All content out and in.

    `entries` is everything there is to export, `history` how Dutch answers changed. `to_xlsx` writes a workbook, with
    a language code the small one for a translator into that language; `to_yaml` the whole document. `read` takes the
    bytes of either, what is known, and the only language that may change ("" for all); it raises ImportRefused, and
    may take seconds: call it in a thread.
    """

    entries: Callable[[], Awaitable[Entries]]
    history: Callable[[], Awaitable[History]]
    to_xlsx: Callable[[Entries, str], bytes]
    to_yaml: Callable[[Entries, History], bytes]
    read: Callable[[bytes, Entries, str], FileRead]
    preview: Callable[[Entries], Awaitable[Preview]]
    apply: Apply


def exchange_of(
    newsroom: Newsroom,
    refresh: Refresh,
    *,
    to_xlsx: Callable[[Entries, str], bytes],
    to_yaml: Callable[[Entries, History], bytes],
    read: Callable[[bytes, Entries, str], FileRead],
) -> Exchange:
    """The exchange of one newsroom. `refresh` is that of its editing."""
    taking_in = ImportContent(newsroom, refresh)

    async def entries() -> Entries:
        await refresh()
        return await exported(newsroom)

    async def history() -> History:
        return await whole_history(newsroom)

    return Exchange(entries, history, to_xlsx, to_yaml, read, taking_in.preview, taking_in.apply)
