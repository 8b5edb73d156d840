"""One text for a translator without an account: the Dutch, and a form beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.content import Answer
from bot.core.entry import Kind, Ref
from bot.core.errors import EditError
from bot.core.language import LANGUAGES, SOURCE
from bot.desk import page
from bot.desk.content.answers.answer_form import first_text
from bot.desk.content.answers.findings_view import Told
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.content.entry_names import ANSWER, Names
from bot.desk.content.exchange.guest_door import Guest
from bot.desk.desk import Desk
from bot.desk.forms import Given, given
from bot.services.editing.sheet import Sheet

NO_TEXT: Final = "Write the short text first."
LATE: Final = "This page was open too long. Nothing was kept yet, and all you typed is here: press the button again."
_LONGEST: Final = 4000
Part = tuple[str, str, str, str]  # field, name ("" for the texts that every answer has), Dutch, their own


class GuestText:
    """The page of one text. Nothing that was typed is lost when it cannot be kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request, guest: Guest) -> Response:
        """The form, with what they began."""
        sheet = await self._sheet(request, guest)
        return self._form(request, guest, sheet, self._kept(sheet))

    async def save(self, request: Request, guest: Guest) -> Response:
        """Keeps the translation as a draft; with `send` it goes to the editors for review."""
        sheet, form = await self._sheet(request, guest), await given(request)
        answer = self._read(form, self._kept(sheet))
        if not answer.text:
            return self._form(request, guest, sheet, answer, NO_TEXT)
        try:
            await self._keep(guest, sheet, answer, form)
        except EditError as error:
            return self._form(request, guest, await self._sheet(request, guest), answer, str(error))
        kept = f"{guest.address}/texts/{sheet.ref.key}?kept=1"
        return RedirectResponse(f"{guest.address}?sent=1" if form.ticked("send") else kept, 303)

    async def late(self, request: Request, guest: Guest) -> Response:
        """The form once more with all that was typed, and a token that works."""
        sheet, form = await self._sheet(request, guest), await given(request)
        return self._form(request, guest, sheet, self._read(form, self._kept(sheet)), LATE, 403)

    async def _keep(self, guest: Guest, sheet: Sheet, answer: Answer, form: Given) -> None:
        editing, typed = self._desk.editing, form.text("seen", 9)
        seen = int(typed) if typed.isdecimal() and typed.isascii() else 0
        await editing.save(guest.worker, sheet.ref, answer, base=sheet.base, seen=seen, note=f"by {guest.link.name}")
        if form.ticked("send"):
            await editing.submit(guest.worker, sheet.ref)

    async def _sheet(self, request: Request, guest: Guest) -> Sheet:
        """Raises HTTPException 404 for what has no Dutch text."""
        key = request.path_params["key"]
        if (key, SOURCE) not in self._desk.content.answers:
            raise HTTPException(404)
        return await self._desk.editing.sheet(guest.worker, Ref(Kind.ANSWER, key, guest.link.language))

    def _kept(self, sheet: Sheet) -> Answer:
        for body in (sheet.draft.body if sheet.draft else None, sheet.current):
            if isinstance(body, Answer):
                return body
        return first_text(sheet.ref.key, sheet.ref.language, self._desk.content)

    def _read(self, form: Given, kept: Answer) -> Answer:
        """The words that were typed; everything else about the answer stays."""
        source = self._desk.content.answers[kept.key, SOURCE]
        sections = {name: words for name in _sections(source, kept) if (words := _prose(form, f"section-{name}"))}
        return replace(kept, text=_prose(form, "text"), simple=_prose(form, "simple"), sections=sections)

    def _form(
        self, request: Request, guest: Guest, sheet: Sheet, answer: Answer, problem: str = "", status: int = 422
    ) -> Response:
        content = self._desk.content
        return page.render(
            request,
            "content/guest_text.html",
            status if problem else 200,
            link=guest.link,
            address=guest.address,
            tongue=LANGUAGES[guest.link.language],
            title=Names(content, SOURCE).topic(answer.key.removeprefix(ANSWER)),
            answer=answer,
            parts=_parts(content.answers[answer.key, SOURCE], answer, content.labels[SOURCE].sections),
            draft=sheet.draft,
            told=self._told(sheet, answer),
            kept="kept" in request.query_params,
            problem=problem,
        )

    def _told(self, sheet: Sheet, answer: Answer) -> Sequence[Told]:
        """What the rules say, once something was written."""
        if sheet.draft is None or not answer.text:
            return ()
        return rules_told(self._desk.editing.findings(sheet.ref, answer), ())


def _parts(source: Answer, answer: Answer, labels: Mapping[str, str]) -> list[Part]:
    parts = [("text", "", source.text, answer.text)]
    parts += [("simple", "", source.simple, answer.simple)] if source.simple or answer.simple else []
    return parts + [
        (f"section-{name}", labels.get(name, name), source.sections.get(name, ""), answer.sections.get(name, ""))
        for name in _sections(source, answer)
    ]


def _sections(source: Answer, kept: Answer) -> list[str]:
    return list(dict.fromkeys([*source.sections, *kept.sections]))


def _prose(form: Given, name: str) -> str:
    return form.text(name, _LONGEST).replace("\r\n", "\n")
