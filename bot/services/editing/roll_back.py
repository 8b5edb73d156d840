"""Going back to an old text is a new revision."""

from __future__ import annotations

from bot.core.drift import is_own_text
from bot.core.entry import Kind, Ref
from bot.core.entry_in import entry_in
from bot.core.errors import EditError, NotPublishable
from bot.core.language import SOURCE
from bot.core.revision import Change, Draft, Revision
from bot.core.team import Worker
from bot.services.editing.editor_rights import must_edit, why_not, why_not_alone
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.obstacles import Obstacles
from bot.services.editing.open_sheet import newest_of
from bot.services.editing.publish import served_now
from bot.services.editing.put_live import print_of, put_live
from bot.services.editing.refresh import Refresh
from bot.services.editing.uses import used_by
from bot.services.ports import Unit


class RollBack:
    """Call it with who, what, the revision to go back to (0: the file) and why.

    The old text keeps its review and what it was translated from. Its author counts as the first of two people,
    who goes back as the second.
    """

    def __init__(self, newsroom: Newsroom, refresh: Refresh, obstacles: Obstacles) -> None:
        self._newsroom, self._refresh, self._obstacles = newsroom, refresh, obstacles

    async def __call__(self, worker: Worker, ref: Ref, revision_id: int, why: str) -> Revision:
        """The new revision. Raises EditError for an unknown one, NotPublishable or EntryChanged."""
        must_edit(worker)
        await self._refresh()
        async with self._newsroom.store.unit() as unit:
            old = await self._old(unit, ref, revision_id)
            newest = await newest_of(unit, ref)
            base, now = newest.id if newest else 0, self._newsroom.clock()
            if base == revision_id:
                raise EditError("This is the text that is served already.")
            self._must_be_free(worker, old)
            author = old.author or worker.id
            change = Change.MEANING if ref.kind is Kind.ANSWER and ref.language == SOURCE else None
            back = Revision(
                0, ref, old.body, base, author, worker.id, now, why.strip(), change, print_of(old.body), old.overrides
            )
            revision = await put_live(unit, back, "rolled back")
        await served_now(self._refresh)
        return revision

    async def _old(self, unit: Unit, ref: Ref, revision_id: int) -> Revision:
        if not revision_id:
            return Revision(0, ref, entry_in(self._newsroom.base, ref), 0, "", "", self._newsroom.clock())
        old = await unit.revision(revision_id)
        if old is None or old.ref != ref or not is_own_text(old):
            raise EditError("There is no such version of this text.")
        return old

    def _must_be_free(self, worker: Worker, old: Revision) -> None:
        as_draft = Draft(old.ref, old.author, old.body, old.base, old.at)
        reasons = why_not(worker, as_draft, four_eyes=self._newsroom.four_eyes)
        reasons += why_not_alone(worker, as_draft, used_by(self._newsroom.served.content, old.ref))
        reasons += self._obstacles.always(old.ref, old.body)
        if reasons:
            raise NotPublishable(*dict.fromkeys(reasons))
