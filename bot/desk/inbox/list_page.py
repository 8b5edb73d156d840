"""The inbox: cases on four shelves, searched and filtered, live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.case import Case
from bot.core.team import Worker
from bot.desk import page
from bot.desk.desk import Desk
from bot.desk.door.way_in import first_page
from bot.desk.inbox.row import Row, Rows
from bot.desk.inbox.shelf import LIMIT, Shelf, cases_on, in_order, matching, shelf_of
from bot.desk.inbox.stream import stream

MAX_ASKED: Final = 100  # characters
HOME: Final = "/desk/"
DID: Final = frozenset({"handed_over", "closed", "released"})


class ListPage:
    """The pages about many cases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request, worker: Worker) -> Response:
        """A shelf; `q` is what is searched for, `did` what was done to the case that the worker comes from.

        The address of the desk is also what editors type, who have no cases: they are led to their own first page.
        """
        if (first := first_page(worker)) != HOME:
            return RedirectResponse(first, 303)
        shelf, asked = shelf_of(request.query_params.get("shelf", "")), request.query_params.get("q", "")[:MAX_ASKED]
        cases = await cases_on(shelf, self._desk.store, worker)
        rows = await self._rows(cases, worker)
        if asked.strip():
            rows = await matching(rows, asked, self._desk.content, self._desk.store.case_file)
        did = request.query_params.get("did", "")
        return page.render(
            request,
            "inbox/list.html",
            shelf=shelf,
            shelves=tuple(Shelf),
            asked=asked,
            rows=in_order(rows, shelf),
            full=len(cases) >= LIMIT,
            limit=LIMIT,
            did=did if did in DID else "",
        )

    async def events(self, _: Request, worker: Worker) -> Response:
        """Which cases of the worker's teams change, as they do."""
        return stream(self._desk.live, worker)

    async def _rows(self, cases: Sequence[Case], worker: Worker) -> list[Row]:
        store = self._desk.store
        teams, areas, workers = await store.teams(removed=True), await store.areas(), await store.workers()
        rows = Rows(self._desk.content, worker, teams=teams, areas=areas, workers=workers, now=self._desk.clock())
        return [rows.row(case) for case in cases]
