"""A draft on its way: sent to review, given back, thrown away, or read after a machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core.entry import Ref
from bot.core.errors import EditError
from bot.core.revision import Draft, Stage
from bot.core.team import Worker
from bot.services.editing.editor_rights import must_edit
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import told


class ReviewDraft:
    """The moves of a draft; every one leaves a row in the audit and raises EditError when it cannot be made."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    async def submit(self, worker: Worker, ref: Ref) -> Draft:
        """One's own draft, for others to read."""

        def sent(draft: Draft) -> Draft:
            if draft.machine:
                raise EditError("A machine made this draft. Read every sentence first, and say that you did.")
            return replace(draft, stage=Stage.IN_REVIEW)

        return await self._move(worker, ref, worker.id, sent, "draft sent to review")

    async def give_back(self, worker: Worker, ref: Ref, author: str, note: str) -> Draft:
        """A draft in review back to its author, who reads in the note what to change."""
        if not note.strip():
            raise EditError("Say what should change, so that the author can go on.")

        def returned(draft: Draft) -> Draft:
            if draft.stage is not Stage.IN_REVIEW:
                raise EditError("This draft is not in review.")
            return replace(draft, stage=Stage.DRAFT, note=note.strip())

        return await self._move(worker, ref, author, returned, "draft given back")

    async def discard(self, worker: Worker, ref: Ref) -> None:
        """One's own draft is thrown away; nothing happens when there is none."""
        must_edit(worker)
        async with self._newsroom.store.unit() as unit:
            if await unit.draft(ref, worker.id) is not None:
                await unit.drop_draft(ref, worker.id)
                await unit.audit(worker.id, "draft thrown away", told(ref), self._newsroom.clock())

    async def mark_read(self, worker: Worker, ref: Ref) -> Draft:
        """One's own draft by a machine: every sentence was read, so it may be published."""
        return await self._move(
            worker, ref, worker.id, lambda draft: replace(draft, machine=False), "machine's draft read"
        )

    async def _move(self, worker: Worker, ref: Ref, author: str, move: Callable[[Draft], Draft], what: str) -> Draft:
        must_edit(worker)
        now = self._newsroom.clock()
        async with self._newsroom.store.unit() as unit:
            draft = await unit.draft(ref, author)
            if draft is None:
                raise EditError("This draft is not there any more: it was published or thrown away.")
            moved = replace(move(draft), version=draft.version + 1, saved_at=now)
            await unit.keep_draft(moved, draft.version)
            await unit.audit(worker.id, what, told(ref), now)
        return moved
