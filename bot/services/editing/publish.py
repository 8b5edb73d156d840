"""A draft becomes what everybody reads."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot.core.content import Answer, Review
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import EditError, NotPublishable, StoreError
from bot.core.language import SOURCE
from bot.core.revision import Draft, Revision
from bot.core.team import Worker
from bot.services.editing.editor_rights import field_of, may_review, must_edit, why_not, why_not_alone
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.obstacles import SHORTEST_REASON, Obstacles
from bot.services.editing.open_sheet import published_body
from bot.services.editing.put_live import REVIEW_LASTS, print_of, put_live, reviewed_as, stamped
from bot.services.editing.refresh import Refresh
from bot.services.editing.uses import used_by
from bot.services.ports import Unit

log = structlog.get_logger("publish")


class PublishDraft:
    """See `editing.Publish`."""

    def __init__(self, newsroom: Newsroom, refresh: Refresh, obstacles: Obstacles) -> None:
        self._newsroom, self._refresh, self._obstacles = newsroom, refresh, obstacles

    async def __call__(
        self, worker: Worker, ref: Ref, author: str, *, why: str = "", reviewed: bool = False, seen: int | None = None
    ) -> Revision:
        """Publishes `author`'s draft; raises NotPublishable or EntryChanged, and the draft stays."""
        must_edit(worker)
        await self._refresh()
        async with self._newsroom.store.unit() as unit:
            draft = await unit.draft(ref, author)
            if draft is None:
                raise EditError("This draft is not there any more: it was published or thrown away.")
            if seen is not None and draft.version != seen:
                raise EditError("Its author changed this draft since you looked. Look at it again.")
            await self._must_be_free(unit, worker, draft, reviewed=reviewed)
            revision = await put_live(unit, self._revision(worker, draft, why, reviewed=reviewed), "published")
            await unit.drop_draft(ref, author)
        await served_now(self._refresh)
        return revision

    async def _must_be_free(self, unit: Unit, worker: Worker, draft: Draft, *, reviewed: bool) -> None:
        before = await published_body(unit, draft.ref, self._newsroom.base)
        reasons = why_not(worker, draft, four_eyes=self._newsroom.four_eyes)
        reasons += why_not_alone(worker, draft, used_by(self._newsroom.served.content, draft.ref))
        if reviewed and not may_review(worker, draft.ref):
            reasons.append("Only a reviewer who knows the field can say that they read it.")
        if draft.body is None and before is None:
            reasons.append("There is nothing to take away.")
        reasons += self._obstacles(draft.ref, draft.body, before, draft.overrides)
        if reasons:
            raise NotPublishable(*dict.fromkeys(reasons))

    def _revision(self, worker: Worker, draft: Draft, why: str, *, reviewed: bool) -> Revision:
        now, dutch = self._newsroom.clock(), draft.ref.kind is Kind.ANSWER and draft.ref.language == SOURCE
        today = now.date()
        review = Review("reviewed", field_of(draft.ref), today, today + REVIEW_LASTS) if reviewed else Review()
        body = stamped(reviewed_as(self._with_own_readings(draft), review), self._newsroom.served.content)
        return Revision(
            0,
            draft.ref,
            body,
            draft.base,
            draft.author,
            worker.id,
            now,
            why.strip() or draft.note,
            draft.change if dutch else None,
            print_of(body),
            tuple(one for one in draft.overrides if len(one.reason.strip()) >= SHORTEST_REASON),
        )

    def _with_own_readings(self, draft: Draft) -> Body | None:
        """Readings stand in the database; only those of the files are the text's own."""
        if not isinstance(draft.body, Answer):
            return draft.body
        file = self._newsroom.base.answers.get((draft.ref.key, draft.ref.language))
        return replace(draft.body, tested_with=file.tested_with if file else ())


async def served_now(refresh: Refresh) -> None:
    """What was kept is served at once; when the database is away for a moment, the clock brings it."""
    try:
        await refresh()
    except StoreError as error:
        log.warning("published, and served a moment later", error=type(error).__name__)
