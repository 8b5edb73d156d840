"""All drafts: one's own, those that wait for a review, those of a machine that nobody read, and colleagues' work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.revision import Draft, Stage
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entry_names import Named, Names, by_link
from bot.desk.desk import Desk
from bot.desk.session import for_roles
from bot.desk.words import Words, words


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft on the list; `mine` and `may_publish` from the eyes of who looks."""

    draft: Draft
    entry: Named
    author: str
    mine: bool
    may_publish: bool


@dataclass(frozen=True, slots=True)
class Shelves:
    """The drafts, newest first; one may stand on several shelves."""

    mine: tuple[DraftRow, ...]
    in_review: tuple[DraftRow, ...]
    unread: tuple[DraftRow, ...]
    others: tuple[DraftRow, ...]


def routes(desk: Desk) -> list[Route]:
    """The list of drafts."""
    return [Route("/content/drafts", for_roles(Role.EDITOR, Role.REVIEWER)(DraftsPage(desk).show))]


class DraftsPage:
    """The list."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request, worker: Worker) -> Response:
        """All drafts of everybody."""
        store, names = self._desk.store, Names(self._desk.content, worker.language)
        people = author_names(await store.workers(), words(worker.language))
        may_publish = self._desk.editing.may_publish

        def row(draft: Draft) -> DraftRow:
            mine = draft.author == worker.id
            entry = names.named(draft.ref, "" if mine else draft.author)
            return DraftRow(draft, entry, people(draft.author), mine, may_publish(worker, draft))

        shelves = on_shelves([row(draft) for draft in await store.drafts()])
        return page.render(request, "content/drafts.html", tab="drafts", shelves=shelves)


def on_shelves(rows: Iterable[DraftRow]) -> Shelves:
    """Where each draft stands; in review the longest waiting comes first."""
    every = tuple(rows)
    waiting = [row for row in every if row.draft.stage is Stage.IN_REVIEW]
    return Shelves(
        mine=tuple(row for row in every if row.mine),
        in_review=tuple(sorted(waiting, key=lambda row: (not row.may_publish, row.draft.saved_at))),
        unread=tuple(row for row in every if row.draft.machine),
        others=tuple(row for row in every if not row.mine and row.draft.stage is Stage.DRAFT and not row.draft.machine),
    )


def author_names(workers: Iterable[Worker], t: Words) -> Callable[[str], str]:
    """Names by id, also of who has no account: a translator by a link, or somebody who left."""
    known: Mapping[str, str] = {worker.id: worker.name for worker in workers}

    def name(author: str) -> str:
        if author in known:
            return known[author]
        return t("a translator by link") if by_link(author) else t("somebody who left")

    return name
