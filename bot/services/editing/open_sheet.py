"""All that an editor's page of one entry shows."""

from __future__ import annotations

from bot.core.content import Content
from bot.core.entry import Body, Ref
from bot.core.entry_in import entry_in
from bot.core.revision import Revision
from bot.core.team import Worker
from bot.services.content_ports import ContentReads
from bot.services.editing.editor_rights import must_be_staff
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.sheet import Sheet


class OpenSheet:
    """Call it with who looks and a ref. Anybody of the staff may look."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    async def __call__(self, worker: Worker, ref: Ref) -> Sheet:
        """Read from the database, not from what is served: text and `base` must be of the same moment."""
        must_be_staff(worker)
        store = self._newsroom.store
        newest = await newest_of(store, ref)
        base = newest.id if newest else 0
        drafts = await store.drafts(ref)
        own = next((one for one in drafts if one.author == worker.id), None)
        others = tuple(one for one in drafts if one.author != worker.id)
        current = newest.body if newest else entry_in(self._newsroom.base, ref)
        return Sheet(ref, current, base, own, others, overtaken=own is not None and own.base != base)


async def newest_of(reads: ContentReads, ref: Ref) -> Revision | None:
    """The newest revision of an entry, None while it is as in the files."""
    revisions = await reads.revisions(ref)
    return revisions[0] if revisions else None


async def published_body(reads: ContentReads, ref: Ref, base: Content) -> Body | None:
    """What is published of an entry; `base` are the files."""
    newest = await newest_of(reads, ref)
    return newest.body if newest else entry_in(base, ref)
