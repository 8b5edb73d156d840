"""The page of a case as it is shown after whatever was asked: with what went wrong, and what was typed kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.case import Case, Result, State
from bot.core.errors import CaseChanged, CaseUnknown, IllegalMove, StoreError
from bot.core.team import Worker
from bot.desk import page
from bot.desk.desk import Desk
from bot.desk.inbox.case_view import CaseView, view_of
from bot.desk.inbox.once import Once
from bot.desk.inbox.ready import Library, Ready, linked
from bot.services.cases.case_access import find_case
from bot.services.cases.reply_to_resident import OUT_OF_REACH

MAX_ASKED: Final = 100  # characters
MAX_TEXT: Final = 8000
_NOTHING: Final[Mapping[str, str]] = {}


class Screen:
    """What the pages of one case share. Everything raises CaseUnknown when the case is not for these eyes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._library = Library(desk.served, unreviewed=desk.serve_unreviewed)
        self._once = Once()

    async def case(self, request: Request, worker: Worker) -> Case:
        """The case in the address."""
        return await find_case(self._desk.store, worker, request.path_params["case_id"])

    async def view(self, request: Request, worker: Worker) -> CaseView:
        """Everything on the page of the case in the address."""
        case = await self.case(request, worker)
        file = await self._desk.store.case_file(case.id)
        if file is None:
            raise CaseUnknown("There is no such case.")
        return await view_of(file, worker, self._desk.store, self._desk.content, self._desk.clock())

    async def in_their_language(self, request: Request, worker: Worker, text: str) -> str:
        """The same text in the resident's language, when it is one of ours that was not changed; else ""."""
        view = await self.view(request, worker)
        answers = self._library.every(worker.language, view.row.case.language)
        return linked(text, [*view.templates, *answers])

    async def render(
        self,
        request: Request,
        worker: Worker,
        *,
        problem: str = "",
        text: str = "",
        note: str = "",
        phone: str = "",
    ) -> Response:
        """The page; `insert` in its address puts a ready text in the box, `library` searches the answers."""
        view = await self.view(request, worker)
        asked = request.query_params.get("library", "")[:MAX_ASKED]
        return page.render(
            request,
            "inbox/case.html",
            409 if problem else 200,
            view=view,
            case=view.row.case,
            address=f"/desk/cases/{view.row.case.id}",
            may_reopen=self._desk.work.reopen is not None and view.reopens_until is not None,
            results=tuple(Result),
            problem=problem,
            text=text or self._inserted(request, view),
            note=note,
            phone=phone,
            asked=asked,
            found=self._library.find(asked, worker.language, view.row.case.language),
            once=self._once.mark(),
            max_text=MAX_TEXT,
        )

    async def after(
        self,
        request: Request,
        worker: Worker,
        act: Callable[[], Awaitable[object]],
        *,
        typed: Mapping[str, str] = _NOTHING,
        mark: str = "",
        done: str = "",
    ) -> Response:
        """Acts, once per mark: then the page anew (with `done` the list), or why not, with what was typed."""
        case_id = request.path_params["case_id"]
        following = RedirectResponse(f"/desk/?did={done}" if done else f"/desk/cases/{case_id}", 303)
        if not self._once.first(mark):
            return following
        try:
            await act()
        except (IllegalMove, CaseChanged) as error:
            if getattr(error, "state", "") == OUT_OF_REACH:  # kept, but it will not arrive
                return await self.render(request, worker, problem="out_of_reach")
            self._once.again(mark)
            case = await self.case(request, worker)
            return await self.render(request, worker, problem=_why(case, worker), **typed)
        except StoreError:  # "try again in a minute" must not find the form dealt with
            self._once.again(mark)
            raise
        except CaseUnknown:
            if not typed:
                raise
            return page.render(request, "inbox/gone.html", 404, typed="\n\n".join(typed.values()))
        return following

    def _inserted(self, request: Request, view: CaseView) -> str:
        """The text of the template or answer that the address names, or ""."""
        wanted = request.query_params.get("insert", "")
        ready: list[Ready] = list(view.templates)
        if wanted.startswith("a:") and wanted[2:] in self._desk.content.topics:
            answer = self._library.answer(wanted[2:], view.own_code, view.row.case.language)
            ready += [answer] if answer else []
        return next((one.to_write for one in ready if one.id == wanted), "")


def _why(case: Case, worker: Worker) -> str:
    """Why an act was refused, by what the case is now."""
    if case.state is State.CLAIMED and case.worker != worker.id:
        return "taken"
    return {State.CLOSED: "closed", State.WITHDRAWN: "withdrawn"}.get(case.state, "changed")
