"""The pages of a translator without an account: one language, until the link ends, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.content import Answer
from bot.core.entry import Kind, Ref
from bot.core.errors import EditError, ImportRefused
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Draft, Stage, TranslatorLink
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.answers.answer_form import first_text
from bot.desk.content.answers.findings_view import Told
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.content.entry_names import ANSWER, Names
from bot.desk.content.exchange.files import XLSX, download
from bot.desk.content.exchange.upload import file_of, wrongs
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, given
from bot.desk.session import Endpoint, for_anybody
from bot.services.editing.editor_rights import BY_LINK
from bot.services.editing.sheet import Sheet

NO_FILE: Final = "Choose a file first."
NO_TEXT: Final = "Write the short text first."
_LONGEST: Final = 4000
_ADDRESS: Final = "/translate/{token}"
GuestEndpoint = Callable[[Request, "Guest"], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guest:
    """Who came by a link. `worker` stands for them in use cases: what they save are drafts of it."""

    link: TranslatorLink
    worker: Worker
    address: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """One answer on the list. `state`: "sent", "begun", "missing", "old" (the Dutch text changed) or "there"."""

    key: str
    title: str
    state: str


def for_guests(endpoint: GuestEndpoint) -> Endpoint:
    """Makes an endpoint for who holds a link that works; for all others the page is not there."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        desk, token = desk_of(request), request.path_params["token"]
        link = await desk.store.translator_link(token, desk.clock())
        if link is None or link.language not in LANGUAGES:
            raise HTTPException(404)
        worker = Worker(f"{BY_LINK}{link.id}", "", link.name, frozenset({Role.EDITOR}), languages=(link.language,))
        response = await endpoint(request, Guest(link, worker, f"/desk/translate/{token}"))
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return for_anybody(guarded)


def routes(_: Desk) -> list[Route]:
    """The list, the file, and one text at a time."""
    return [
        Route(_ADDRESS, show),
        Route(f"{_ADDRESS}/file", file),
        Route(f"{_ADDRESS}/file", send_file, methods=["POST"]),
        Route(f"{_ADDRESS}/texts/{{key}}", text),
        Route(f"{_ADDRESS}/texts/{{key}}", save, methods=["POST"]),
    ]


@for_guests
async def show(request: Request, guest: Guest) -> Response:
    """What there is to translate: first what is missing or older than the Dutch text."""
    return await _list(request, guest)


@for_guests
async def file(request: Request, guest: Guest) -> Response:
    """The workbook of this language."""
    desk, only = desk_of(request), guest.link.language
    if desk.exchange is None:
        raise HTTPException(404)
    data = await asyncio.to_thread(desk.exchange.to_xlsx, await desk.exchange.entries(), only)
    return download(data, XLSX, f"buurtvraag-{only}-{desk.clock().date().isoformat()}.xlsx")


@for_guests
async def send_file(request: Request, guest: Guest) -> Response:
    """Reads the workbook back: what changed becomes drafts, that the editors look at."""
    desk, only = desk_of(request), guest.link.language
    if desk.exchange is None:
        raise HTTPException(404)
    _, data = await file_of(request)
    if not data:
        return await _list(request, guest, 422, problem=NO_FILE)
    try:
        entries = await asyncio.to_thread(desk.exchange.read, data, await desk.exchange.entries(), only)
        done = await desk.exchange.apply(guest.worker, entries, _by(guest), drafts_only=True)
    except ImportRefused as error:
        return await _list(request, guest, 422, wrong=wrongs(error.problems, await page.language_of(request)))
    except EditError as error:
        return await _list(request, guest, 409, problem=str(error))
    return RedirectResponse(f"{guest.address}?sent={len(done.drafts)}", 303)


@for_guests
async def text(request: Request, guest: Guest) -> Response:
    """One text: the Dutch, and a form beside it."""
    sheet = await _sheet(request, guest)
    return _form(request, guest, sheet, _kept(sheet, desk_of(request)))


@for_guests
async def save(request: Request, guest: Guest) -> Response:
    """Keeps the translation as a draft; with `send` it goes to the editors for review."""
    desk, sheet, form = desk_of(request), await _sheet(request, guest), await given(request)
    answer = _read(form, _kept(sheet, desk), desk)
    if not answer.text:
        return _form(request, guest, sheet, answer, NO_TEXT)
    typed = form.text("seen", 9)
    seen = int(typed) if typed.isdecimal() and typed.isascii() else 0
    try:
        await desk.editing.save(guest.worker, sheet.ref, answer, base=sheet.base, seen=seen, note=_by(guest))
        if form.ticked("send"):
            await desk.editing.submit(guest.worker, sheet.ref)
    except EditError as error:
        return _form(request, guest, await _sheet(request, guest), answer, str(error))
    where = f"{guest.address}?sent=1" if form.ticked("send") else f"{guest.address}/texts/{sheet.ref.key}?kept=1"
    return RedirectResponse(where, 303)


async def _list(request: Request, guest: Guest, status: int = 200, **more: object) -> Response:
    desk, sent = desk_of(request), request.query_params.get("sent", "")
    drafts = {one.ref.key: one for one in await desk.store.drafts() if _is_theirs(one, guest)}
    rows = [_row(key, drafts.get(key), desk, guest) for key, code in desk.content.answers if code == SOURCE]
    order = ("missing", "old", "begun", "sent", "there")
    return page.render(
        request,
        "content/guest.html",
        status,
        **{"problem": "", "wrong": ()} | more,
        link=guest.link,
        address=guest.address,
        tongue=LANGUAGES[guest.link.language],
        rows=sorted(rows, key=lambda row: order.index(row.state)),
        sent=int(sent) if sent.isdecimal() and len(sent) < 6 else None,  # noqa: PLR2004 - a number of texts
        files=desk.exchange is not None,
    )


def _is_theirs(draft: Draft, guest: Guest) -> bool:
    return draft.author == guest.worker.id and draft.ref.kind is Kind.ANSWER


def _row(key: str, draft: Draft | None, desk: Desk, guest: Guest) -> TextRow:
    content, which = desk.content, (key, guest.link.language)
    if draft is not None:
        state = "sent" if draft.stage is Stage.IN_REVIEW else "begun"
    elif which not in content.answers:
        state = "missing"
    else:
        state = "old" if which in content.updating | content.withdrawn else "there"
    return TextRow(key, Names(content, SOURCE).topic(key.removeprefix(ANSWER)), state)


async def _sheet(request: Request, guest: Guest) -> Sheet:
    """Raises HTTPException 404 for what has no Dutch text."""
    desk, key = desk_of(request), request.path_params["key"]
    if (key, SOURCE) not in desk.content.answers:
        raise HTTPException(404)
    return await desk.editing.sheet(guest.worker, Ref(Kind.ANSWER, key, guest.link.language))


def _kept(sheet: Sheet, desk: Desk) -> Answer:
    for body in (sheet.draft.body if sheet.draft else None, sheet.current):
        if isinstance(body, Answer):
            return body
    return first_text(sheet.ref.key, sheet.ref.language, desk.content)


def _read(form: Given, kept: Answer, desk: Desk) -> Answer:
    """The words that were typed; everything else about the answer stays."""
    source = desk.content.answers[kept.key, SOURCE]
    sections = {name: words for name in _sections(source, kept) if (words := _prose(form, f"section-{name}"))}
    return replace(kept, text=_prose(form, "text"), simple=_prose(form, "simple"), sections=sections)


def _sections(source: Answer, kept: Answer) -> list[str]:
    return list(dict.fromkeys([*source.sections, *kept.sections]))


def _prose(form: Given, name: str) -> str:
    return form.text(name, _LONGEST).replace("\r\n", "\n")


def _form(request: Request, guest: Guest, sheet: Sheet, answer: Answer, problem: str = "") -> Response:
    desk = desk_of(request)
    source = desk.content.answers[answer.key, SOURCE]
    names = Names(desk.content, SOURCE)
    labels = desk.content.labels[SOURCE].sections
    parts = [("text", "", source.text, answer.text)]
    parts += [("simple", "", source.simple, answer.simple)] if source.simple or answer.simple else []
    parts += [
        (f"section-{name}", labels.get(name, name), source.sections.get(name, ""), answer.sections.get(name, ""))
        for name in _sections(source, answer)
    ]
    return page.render(
        request,
        "content/guest_text.html",
        422 if problem else 200,
        link=guest.link,
        address=guest.address,
        tongue=LANGUAGES[guest.link.language],
        title=names.topic(answer.key.removeprefix(ANSWER)),
        answer=answer,
        parts=parts,
        draft=sheet.draft,
        told=_told(desk, sheet, answer),
        kept="kept" in request.query_params,
        problem=problem,
    )


def _told(desk: Desk, sheet: Sheet, answer: Answer) -> list[Told]:
    """What the rules say, once something was written."""
    if sheet.draft is None or not answer.text:
        return []
    return rules_told(desk.editing.findings(sheet.ref, answer), ())


def _by(guest: Guest) -> str:
    return f"by {guest.link.name}"
