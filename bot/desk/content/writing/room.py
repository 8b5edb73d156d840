"""One form that was sent: what was typed, what is kept of it, and the page that comes back."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.entry import Body
from bot.core.errors import DraftChanged, EditError
from bot.core.revision import Draft, Stage
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.refusal import refusal_told
from bot.desk.content.writing.form_kind import FormKind, begun
from bot.desk.content.writing.typed import LONGEST_REASON, Typed, as_kept, number, overrides
from bot.desk.content.writing.writing_page import draft_of, edit, judge
from bot.desk.content.writing.writing_words import GONE
from bot.desk.desk import desk_of
from bot.desk.forms import Given
from bot.services.editing.sheet import Sheet


class Room:
    """Who sent a form, about which text, and what is kept of it now. `author` is the colleague it is about, or ""."""

    def __init__(self, kind: FormKind, request: Request, worker: Worker, sheet: Sheet, form: Given) -> None:
        self._request = request
        self.kind, self.desk, self.worker, self.form = kind, desk_of(request), worker, form
        self.sheet, self.ref = sheet, sheet.ref
        self.author = "" if form.text("author") == worker.id else form.text("author")
        self._begun = begun(kind, sheet, self.desk)
        self._worded = kind.worded(form)
        self.typed = kind.read(form, self.ref, self._begun, self.desk) if self._worded else self._bare()

    @classmethod
    async def of(cls, kind: FormKind, request: Request, worker: Worker) -> Room:
        """Reads the form and what is kept."""
        sheet = await desk_of(request).editing.sheet(worker, await kind.asked_for(request))
        return cls(kind, request, worker, sheet, await kind.sent(request))

    async def keep(self, *, always: bool = False, note: str | None = None) -> Draft | None:
        """Keeps what was typed. None when nothing differs from what is served and there is no draft.

        With `always` a draft is kept all the same. A save that another window made already is no conflict.
        """
        draft, typed = self.sheet.draft, self.typed
        self._must_be_readable()
        same = draft is not None and _same(draft, typed)
        if not self._worded or (same and note is None):
            return draft
        if draft is None and not always and typed.body == self._begun and not typed.seen and not typed.overrides:
            return None
        return await self.store(typed.body, typed.base, draft.version if draft and same else typed.seen, note=note)

    async def store(
        self, body: Body | None, base: int, seen: int, *, note: str | None = None, like: Draft | None = None
    ) -> Draft:
        """Saves a body (None takes the text away) as the own draft; `like` another one in all that is not words."""
        self._must_be_readable()
        draft = like or self.sheet.draft
        returned = draft.note if draft and draft.stage is Stage.DRAFT and like is None else ""
        return await self.desk.editing.save(
            self.worker,
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
    def theirs(self) -> Draft | None:
        """The colleague's draft that the form is about."""
        return draft_of(self.sheet, self.author)

    @property
    def looked(self) -> int | None:
        """Which version of a colleague's draft the page showed; None when the form is about one's own."""
        return number(self.form, "looked") if self.author else None

    def done(self, what: str = "") -> Response:
        """Back to the page, which says what was done."""
        return self.back(f"?did={what}" if what else "")

    def back(self, rest: str) -> Response:
        """Back to the page; `rest` is what follows its address."""
        return RedirectResponse(f"{self.kind.address_of(self.ref)}{rest}", 303)

    def said(self, state: str, draft: Draft | None = None) -> str:
        """What the line beside the button says."""
        return page.fragment(self._request, "content/writing_saved.html", state=state, draft=draft).strip()

    async def refused(self, error: EditError) -> Response:
        """The page that says why not, with all that was typed."""
        if self.typed.problems:
            return await self._edit(self.sheet, self.typed)
        sheet = await self.desk.editing.sheet(self.worker, self.ref)
        told = refusal_told(error, sheet, self.desk, self.worker, self.author or self.worker.id)
        if self.author:
            why = self.typed.why
            return await judge(self.kind, self._request, self.worker, sheet, self.author, why=why, problems=told)
        changed = isinstance(error, DraftChanged)
        if changed and sheet.draft is not None:
            return await self._edit(sheet, self.typed, conflict=True)
        typed = replace(self.typed, seen=sheet.draft.version if sheet.draft else 0)
        return await self._edit(sheet, typed, problems=(GONE,) if changed else told)

    async def _edit(
        self, sheet: Sheet, typed: Typed, *, conflict: bool = False, problems: tuple[str, ...] = ()
    ) -> Response:
        return await edit(self.kind, self._request, self.worker, sheet, typed, conflict=conflict, problems=problems)

    def _bare(self) -> Typed:
        """A form without a text: its text is a colleague's, or there is none."""
        kept = as_kept(self.sheet, self._begun)
        why, reviewed = self.form.text("why", LONGEST_REASON), self.form.ticked("reviewed")
        return replace(kept, why=why, reviewed=reviewed, overrides=overrides(self.form) or kept.overrides)

    def _must_be_readable(self) -> None:
        """What cannot be read is not kept, and stays in the form."""
        for problem in self.typed.problems.of.values():
            raise EditError(problem)


def _same(draft: Draft, typed: Typed) -> bool:
    kept = draft.body, draft.base, draft.change, draft.overrides
    return kept == (typed.body, typed.base, typed.change, typed.overrides)
