"""One form of an entry's page that was sent: what was typed, what is kept of it, and the page that comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.entry import Body
from bot.core.errors import DraftChanged, EditError
from bot.core.revision import Draft, Stage
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.answers.answer_room import GONE
from bot.desk.content.entries.entry_forms import overrides, read_entry, whole
from bot.desk.content.entries.entry_page import LONGEST_WHY, LOOK, asked_for, draft_of, edit, edit_of, review
from bot.desk.content.entries.entry_view import as_kept, kept_body, must_look
from bot.desk.content.entries.fact_uses import values_print
from bot.desk.content.refusal import refusal_told
from bot.desk.desk import desk_of
from bot.desk.forms import Given
from bot.services.editing.sheet import Sheet


class EntryRoom:
    """One form that was sent: who did, for which entry, and what is kept of it now."""

    def __init__(self, request: Request, worker: Worker, sheet: Sheet, form: Given) -> None:
        self._request, self._worker = request, worker
        self.desk, self.sheet, self.ref, self.form = desk_of(request), sheet, sheet.ref, form
        self.author = "" if form.text("author") == worker.id else form.text("author")
        self._worded = form.ticked("worded")
        self.typed = as_kept(sheet, self.desk)
        if self._worded:
            self.typed = read_entry(form, self.ref, kept_body(sheet, self.desk), self.desk.content)
        else:
            why, reviewed = form.text("why", 2000), form.ticked("reviewed")
            given = overrides(form) or self.typed.overrides
            self.typed = replace(self.typed, why=why, reviewed=reviewed, overrides=given, shown=form.text("shown"))

    @classmethod
    async def of(cls, request: Request, worker: Worker) -> EntryRoom:
        """Reads the form and what is kept."""
        ref = asked_for(request)
        sheet = await desk_of(request).editing.sheet(worker, ref)
        return cls(request, worker, sheet, await whole(request))

    async def keep(self, *, always: bool = False, note: str | None = None) -> Draft | None:
        """Keeps what was typed. None when nothing differs from what is served and there is no draft.

        With `always` a draft is kept all the same. A save that another window made already is no conflict.
        """
        draft, typed = self.sheet.draft, self.typed
        if not self._worded:
            return draft
        if draft is not None and self._kept(draft) and note is None:
            return draft
        begun = kept_body(self.sheet, self.desk)
        if draft is None and not always and typed.body == begun and not typed.seen and not typed.overrides:
            return None
        seen = draft.version if draft is not None and self._kept(draft) else typed.seen
        return await self.store(typed.body, typed.base, seen, note=note)

    async def store(
        self, body: Body | None, base: int, seen: int, *, note: str | None = None, like: Draft | None = None
    ) -> Draft:
        """Saves a body (None takes the entry away) as the own draft; `like` another one in all that is not words."""
        draft = like or self.sheet.draft
        returned = draft.note if draft and draft.stage is Stage.DRAFT and like is None else ""
        return await self.desk.editing.save(
            self._worker,
            self.ref,
            body,
            base=base,
            seen=seen,
            note=returned if note is None else note,
            machine=draft.machine if draft else False,
            overrides=like.overrides if like else self.typed.overrides,
        )

    @property
    def looked(self) -> int | None:
        """Which version of a colleague's draft the page showed; None when the form is about one's own."""
        typed = self.form.text("looked", 9)
        return (int(typed) if typed.isdecimal() and typed.isascii() else 0) if self.author else None

    async def trying(self, move: Callable[[], Awaitable[Response]]) -> Response:
        """The move, or the page that says why not. What cannot be read is not kept, and stays in the form."""
        if self.typed.problems:
            return await edit(self._request, self._worker, self.sheet, self.typed)
        try:
            return await move()
        except EditError as error:
            return await self._problem(error)

    def unseen(self, body: Body | None) -> bool:
        """Is this a fact with values that its texts were not yet shown with?"""
        uses = self.desk.editing.uses(self.ref)
        return must_look(self.sheet, body, uses) and self.typed.shown != values_print(body)

    def look_first(self) -> Response:
        """Back to the page, which shows the texts of a fact as they would be."""
        kept = {"author": self.author, "why": self.typed.why[:LONGEST_WHY], "did": LOOK}
        query = urlencode({name: value for name, value in kept.items() if value})
        return RedirectResponse(f"{edit_of(self.ref)}?{query}#uses", 303)

    def theirs(self) -> Draft | None:
        """The colleague's draft that the form is about."""
        return draft_of(self.sheet, self.author)

    def done(self, what: str) -> Response:
        """Back to the page, which says what was done."""
        return RedirectResponse(edit_of(self.ref) + (f"?did={what}" if what else ""), 303)

    def said(self, state: str, draft: Draft | None = None) -> str:
        """What the line beside the button says."""
        return page.fragment(self._request, "content/answer_saved.html", state=state, draft=draft).strip()

    def _kept(self, draft: Draft) -> bool:
        typed = self.typed
        return (draft.body, draft.base, draft.overrides) == (typed.body, typed.base, typed.overrides)

    async def _problem(self, error: EditError) -> Response:
        sheet = await self.desk.editing.sheet(self._worker, self.ref)
        reasons = refusal_told(error, sheet, self.desk, self._worker, self.author or self._worker.id)
        if self.author:
            return await review(self._request, self._worker, sheet, self.author, why=self.typed.why, problems=reasons)
        conflict, seen = isinstance(error, DraftChanged) and sheet.draft is not None, self.typed.seen
        if not conflict:
            seen = sheet.draft.version if sheet.draft else 0
            reasons = (GONE,) if isinstance(error, DraftChanged) else reasons
        typed = replace(self.typed, seen=seen)
        return await edit(
            self._request, self._worker, sheet, typed, conflict=conflict, problems=() if conflict else reasons
        )
