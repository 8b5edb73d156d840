"""What an editor can do with texts: the use cases that the pages call, and `editing_of`, which makes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.entry import Body, Ref
from bot.core.finding import Finding
from bot.core.overview import Overview, overview_of
from bot.core.revision import Change, Draft, Override, Reading, Revision
from bot.core.team import Worker
from bot.services.editing.check_entry import CheckEntry
from bot.services.editing.draft_translation import DraftTranslation
from bot.services.editing.editor_rights import may_review, why_not
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.obstacles import Obstacles
from bot.services.editing.open_sheet import OpenSheet
from bot.services.editing.publish import PublishDraft
from bot.services.editing.read_with import ReadWith
from bot.services.editing.refresh import Refresh
from bot.services.editing.review_draft import ReviewDraft
from bot.services.editing.roll_back import RollBack
from bot.services.editing.save_draft import SaveDraft
from bot.services.editing.sheet import Sheet
from bot.services.editing.uses import Uses

__all__ = ["Editing", "Publish", "Save", "Sheet", "editing_of"]


class Save(Protocol):
    """Keeps a draft, at every pause in typing."""

    async def __call__(
        self,
        worker: Worker,
        ref: Ref,
        body: Body | None,
        *,
        base: int,
        seen: int,
        change: Change = Change.MEANING,
        note: str = "",
        machine: bool = False,
        overrides: tuple[Override, ...] = (),
    ) -> Draft:
        """The draft as kept. `seen` is the version that the page showed, 0 for none.

        Raises DraftChanged: it was saved in another window. Saving over a draft in review takes it back to a draft.
        """
        ...


class Publish(Protocol):
    """Makes a draft what everybody reads."""

    async def __call__(
        self, worker: Worker, ref: Ref, author: str, *, why: str = "", reviewed: bool = False, seen: int | None = None
    ) -> Revision:
        """Publishes `author`'s draft and refreshes what is served. `worker` is who does it.

        `seen` is the version that they looked at, None for what they wrote themselves: what its author changed since
        was seen by nobody.

        `reviewed`: they read it with knowledge of the field, and it is marked so (only who may: `may_review`); without
        it the text becomes unreviewed. Raises NotPublishable or EntryChanged; the draft stays.
        """
        ...


@dataclass(frozen=True, slots=True)
class Editing:
    """The use cases. Every one that writes leaves an audit row; all raise EditError, none loses a text.

    `findings` holds a body to the rules as if it were published; for an answer, what `content check` says of it.
    `submit` asks for a review, `give_back` returns a draft to its author with a note, `discard` throws one's own away.
    `roll_back` publishes the body of an old revision as a new one. `translated` makes a draft by a machine.
    `mark_read` says that somebody read a machine's draft. `uses` are the entries that name a fact or link to a topic.
    `may_review` tells whether a worker may call an entry reviewed. `refresh` reads what was published, by whichever
    process, and serves it; returns 1 when something changed. `sheet` takes the editor, `overview` all languages.
    """

    sheet: Callable[[Worker, Ref], Awaitable[Sheet]]
    save: Save
    findings: Callable[[Ref, Body], Sequence[Finding]]
    submit: Callable[[Worker, Ref], Awaitable[Draft]]
    give_back: Callable[[Worker, Ref, str, str], Awaitable[Draft]]  # worker, ref, author, note
    discard: Callable[[Worker, Ref], Awaitable[None]]
    publish: Publish
    roll_back: Callable[[Worker, Ref, int, str], Awaitable[Revision]]  # worker, ref, revision id, why
    translated: Callable[[Worker, Ref], Awaitable[Draft]]
    mark_read: Callable[[Worker, Ref], Awaitable[Draft]]
    uses: Callable[[Ref], Sequence[Ref]]
    may_review: Callable[[Worker, Ref], bool]
    may_publish: Callable[[Worker, Draft], bool]
    read_with: Callable[[Worker, Reading], Awaitable[None]]
    overview: Callable[[], Awaitable[Overview]]
    refresh: Callable[[], Awaitable[int]]


def editing_of(newsroom: Newsroom) -> Editing:
    """All of them, on one newsroom. Call `refresh` once before anything is served."""
    refresh = Refresh(newsroom)
    check = CheckEntry(newsroom, refresh.taught)
    obstacles = Obstacles(newsroom, check)
    review = ReviewDraft(newsroom)

    async def overview() -> Overview:
        store = newsroom.store
        drafts, readings = await store.drafts(), await store.readings()
        return overview_of(newsroom.served.content, drafts, readings, newsroom.clock().date())

    return Editing(
        sheet=OpenSheet(newsroom),
        save=SaveDraft(newsroom),
        findings=check,
        submit=review.submit,
        give_back=review.give_back,
        discard=review.discard,
        publish=PublishDraft(newsroom, refresh, obstacles),
        roll_back=RollBack(newsroom, refresh, obstacles),
        translated=DraftTranslation(newsroom),
        mark_read=review.mark_read,
        uses=Uses(newsroom.served),
        may_review=may_review,
        may_publish=lambda worker, draft: not why_not(worker, draft, four_eyes=newsroom.four_eyes),
        read_with=ReadWith(newsroom, refresh),
        overview=overview,
        refresh=refresh,
    )
