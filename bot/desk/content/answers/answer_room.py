"""One form of an answer's page that was sent: what was typed, what is kept of it, and the page that comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.entry import Body
from bot.core.errors import DraftChanged, EditError
from bot.core.revision import Draft, Stage
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.answers.answer_form import Typed, read_form
from bot.desk.content.answers.answer_page import asked_for, edit
from bot.desk.content.answers.answer_review import draft_of, review
from bot.desk.content.answers.answer_view import address_of, as_kept, kept_answer
from bot.desk.content.answers.answer_words import DID, today
from bot.desk.content.refusal import refusal_told
from bot.desk.desk import desk_of
from bot.desk.forms import Given, given
from bot.services.editing.sheet import Sheet

GONE: Final = "Your draft was published or thrown away meanwhile. Your text stands below: save it to begin a new draft."


class Room:
    """One form that was sent: who did, for which answer, and what is kept of it now."""

    def __init__(self, request: Request, worker: Worker, sheet: Sheet, form: Given) -> None:
        self._request, self._worker = request, worker
        self.desk, self.sheet, self.ref = desk_of(request), sheet, sheet.ref
        self.form, self.author = form, form.text("author")
        if self.author == worker.id:
            self.author = ""
        if "text" in form.texts:
            self.typed = read_form(form, kept_answer(sheet, self.desk.content), today(self.desk))
        else:  # a form without the words: theirs are a colleague's, or there are none
            bare = as_kept(sheet, self.desk.content)
            plain = read_form(form, bare.answer, today(self.desk))
            self.typed = replace(bare, why=plain.why, reviewed=plain.reviewed)
        self._worded = "text" in form.texts

    @classmethod
    async def of(cls, request: Request, worker: Worker) -> Room:
        """Reads the form and what is kept."""
        ref = await asked_for(request)
        sheet = await desk_of(request).editing.sheet(worker, ref)
        return cls(request, worker, sheet, without_dropped(await given(request)))

    async def keep(self, *, always: bool = False, note: str | None = None) -> Draft | None:
        """Keeps what was typed. None when nothing differs from what is served and there is no draft.

        With `always` a draft is kept all the same. A save that another window made already is no conflict.
        """
        draft, typed = self.sheet.draft, self.typed
        if not self._worded:
            return draft
        if draft is not None and _same(draft, typed) and note is None:
            return draft
        begun = kept_answer(self.sheet, self.desk.content)
        if draft is None and not always and typed.answer == begun and not typed.seen and not typed.overrides:
            return None
        if draft is not None and _same(draft, typed):
            return await self.store(typed.answer, typed.base, draft.version, note=note)
        return await self.store(typed.answer, typed.base, typed.seen, note=note)

    async def store(
        self, body: Body | None, base: int, seen: int, *, note: str | None = None, like: Draft | None = None
    ) -> Draft:
        """Saves a body (None takes the text away) as the own draft; `like` another one in all that is not words."""
        draft = like or self.sheet.draft
        returned = draft.note if draft and draft.stage is Stage.DRAFT and like is None else ""
        return await self.desk.editing.save(
            self._worker,
            self.ref,
            body,
            base=base,
            seen=seen,
            change=like.change if like else self.typed.change,
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
        """The move, or the page that says why not."""
        try:
            return await move()
        except EditError as error:
            return await self._problem(error)

    def done(self, what: str) -> Response:
        """Back to the page, which says what was done."""
        return RedirectResponse(address_of(self.ref) + (f"?did={what}" if what else ""), 303)

    def said(self, state: str, draft: Draft | None = None) -> str:
        """What the line beside the button says."""
        return page.fragment(self._request, "content/answer_saved.html", state=state, draft=draft).strip()

    async def _problem(self, error: EditError) -> Response:
        sheet = await self.desk.editing.sheet(self._worker, self.ref)
        reasons = refusal_told(error, sheet, self.desk, self._worker, self.author or self._worker.id)
        if self.author and (theirs := draft_of(sheet, self.author)):
            return await review(self._request, self._worker, sheet, theirs, why=self.typed.why, problems=reasons)
        if self.author:
            reasons = (DID["gone"],)
        conflict, seen = isinstance(error, DraftChanged) and sheet.draft is not None, self.typed.seen
        if not conflict:
            seen = sheet.draft.version if sheet.draft else 0
        if isinstance(error, DraftChanged) and not conflict:
            reasons = (GONE,)
        typed = replace(self.typed, seen=seen)
        return await edit(
            self._request, self._worker, sheet, typed, conflict=conflict, problems=() if conflict else reasons
        )


def _same(draft: Draft, typed: Typed) -> bool:
    return (draft.body, draft.base, draft.change, draft.overrides) == (
        typed.answer, typed.base, typed.change, typed.overrides,
    )  # fmt: skip


def without_dropped(form: Given) -> Given:
    """The form less the section or source whose button for taking it away was pressed."""
    texts = dict(form.texts)
    texts.pop(f"section-{form.text('drop-section')}", None)
    place = form.text("drop-source")
    if place.isdecimal() and place.isascii():
        for name in ("source-name", "source-url", "source-checked"):
            rows = form.all(name)
            texts[name] = [row for number, row in enumerate(rows) if number != int(place)]
    return Given(texts)
