"""The first page of the room: what residents asked in vain, what waits for this editor, all answers, and the search."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.overview import Mark, Overview, overview_of
from bot.core.revision import Draft, Stage
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entry_names import Names, direction
from bot.desk.content.grid import NEITHER, Wanted, grid_of, groups_of
from bot.desk.content.marks import SIGNS, mark_words
from bot.desk.content.search import LIMIT, MOST_ASKED, Index, with_snippets
from bot.desk.desk import Desk
from bot.desk.session import for_roles
from bot.desk.words import words
from bot.services.teaching import AskedGroup

MOST_GROUPS: Final = 5
PATIENCE: Final = 0.1  # seconds that the page waits for the questions: grouping many of them anew takes longer
KINDS: Final = ("V", "W", NEITHER)
URGENT: Final = (Mark.REVIEW_DUE, Mark.STALE, Mark.WITHDRAWN, Mark.MISSING)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one editor: drafts to publish, own drafts, and answers by mark."""

    to_publish: int
    own: int
    marks: Mapping[Mark, int]


def routes(desk: Desk) -> list[Route]:
    """The overview with its search, and the questions on top of it."""
    overview, guard = OverviewPage(desk), for_roles(Role.EDITOR, Role.REVIEWER)
    return [Route("/content", guard(overview.show)), Route("/content/asked", guard(overview.asked))]


class OverviewPage:
    """The page; remembers the folded texts for the search, and a grouping that still runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._index = desk, Index()
        self._grouping: asyncio.Task[Sequence[AskedGroup]] | None = None

    async def show(self, request: Request, worker: Worker) -> Response:
        """All at a glance, or with `q` what was found."""
        asked = request.query_params.get("q", "")[:MOST_ASKED].strip()
        if asked:
            return self._found(request, worker, asked)
        names, t, drafts = self._names(worker), words(worker.language), await self._desk.store.drafts()
        overview, talk = await self._desk.editing.overview(), await self._talk(drafts)
        wanted = _wanted(request, overview)
        return page.render(
            request,
            "content/overview.html",
            tab="overview",
            asked="",
            groups=await self._groups(PATIENCE),
            waiting=self._waiting(worker, drafts, overview, talk),
            grid=grid_of(overview, talk, wanted, names, t),
            wanted=wanted,
            all_groups=groups_of(overview.rows),
            tongues=overview.languages,
            kinds=KINDS,
            urgent=URGENT,
            signs=SIGNS,
            marks=mark_words(t),
            names=names,
            direction=direction,
        )

    async def asked(self, request: Request, worker: Worker) -> Response:
        """The questions alone, however long grouping them takes: the page asks for them when it went on without."""
        groups, names = await self._groups(None), self._names(worker)
        return page.render(request, "content/overview_asked.html", groups=groups, names=names, direction=direction)

    def _found(self, request: Request, worker: Worker, asked: str) -> Response:
        content, names = self._desk.content, self._names(worker)
        hits = self._index.find(content, asked, worker.language)
        shown = with_snippets(hits[:LIMIT], content, asked)
        return page.render(
            request,
            "content/found.html",
            tab="overview",
            asked=asked,
            rows=[(hit, names.named(hit.ref)) for hit in shown],
            number=len(hits),
            limit=LIMIT,
            details=names.details,
            direction=direction,
        )

    async def _groups(self, patience: float | None) -> Sequence[AskedGroup] | None:
        """The largest groups of open questions; None when that takes longer: it goes on, for who asks next."""
        if self._grouping is None or self._grouping.done():
            self._grouping = asyncio.create_task(_ask(self._desk))
            self._grouping.add_done_callback(_hear)
        await asyncio.wait({self._grouping}, timeout=patience)
        return self._grouping.result()[:MOST_GROUPS] if self._grouping.done() else None

    async def _talk(self, drafts: Sequence[Draft]) -> Overview:
        """The texts of the assistant itself, which are no topic's."""
        desk = self._desk
        return overview_of(desk.content, drafts, await desk.store.readings(), desk.clock().date(), talk=True)

    def _waiting(self, worker: Worker, drafts: Sequence[Draft], *overviews: Overview) -> Waiting:
        in_review = [draft for draft in drafts if draft.stage is Stage.IN_REVIEW]
        return Waiting(
            to_publish=sum(self._desk.editing.may_publish(worker, draft) for draft in in_review),
            own=sum(draft.author == worker.id for draft in drafts),
            marks={mark: sum(one.counts.get(mark, 0) for one in overviews) for mark in Mark},
        )

    def _names(self, worker: Worker) -> Names:
        return Names(self._desk.content, worker.language)


async def _ask(desk: Desk) -> Sequence[AskedGroup]:
    return await desk.teaching.groups()


def _hear(task: asyncio.Task[Sequence[AskedGroup]]) -> None:
    """An error that nobody waits for any more is not cried out; who asks next meets it."""
    if not task.cancelled():
        task.exception()


def _wanted(request: Request, overview: Overview) -> Wanted:
    """The filters of the address; what is not there filters nothing."""
    given = request.query_params

    def one_of(name: str, known: Sequence[str]) -> str:
        return value if (value := given.get(name, "")) in known else ""

    return Wanted(
        mark=one_of("mark", tuple(Mark)),
        group=one_of("group", groups_of(overview.rows)),
        language=one_of("language", overview.languages),
        kind=one_of("kind", KINDS),
    )
