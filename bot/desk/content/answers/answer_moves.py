"""What an editor does with an answer on its page. Whatever goes wrong, what was typed stays in the form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Ref
from bot.core.errors import DraftChanged, EditError
from bot.core.team import Worker
from bot.desk.content.answers.answer_others import give_back, rebase, take
from bot.desk.content.answers.answer_page import ADDRESS, for_editors
from bot.desk.content.answers.answer_room import Room
from bot.desk.content.answers.answer_view import address_of, unsaid_unread
from bot.desk.desk import Desk
from bot.desk.forms import Given
from bot.desk.session import Endpoint

Move = Callable[[Worker, Ref], Awaitable[object]]


def routes(_: Desk) -> list[Route]:
    """Every move is a form of its own address; together they share the fields of the page."""
    moves = {
        "save": autosave,
        "submit": submit,
        "publish": publish,
        "discard": discard,
        "translate": translate,
        "read": read,
        "remove": remove,
        "rebase": rebase,
        "give-back": give_back,
        "take": take,
    }
    return [_post(ADDRESS, save), *(_post(f"{ADDRESS}/{name}", move) for name, move in moves.items())]


@for_editors
async def save(request: Request, worker: Worker) -> Response:
    """Keeps the draft: by hand, or because a field is wanted, not wanted any more, or a picture is looked for."""
    room = await Room.of(request, worker)

    async def keep() -> Response:
        draft = await room.keep()
        where = _asked_on_the_way(room.form)
        if where:
            return RedirectResponse(f"{address_of(room.ref)}{where}", 303)
        return room.done("saved" if draft else "")

    return await room.trying(keep)


@for_editors
async def autosave(request: Request, worker: Worker) -> Response:
    """Keeps the draft while somebody types; the answer says when, or that another window was first."""
    room = await Room.of(request, worker)
    try:
        draft = await room.keep()
    except EditError as error:
        state = "conflict" if isinstance(error, DraftChanged) else "refused"
        return JSONResponse({"state": state, "said": room.said(state)}, 409)
    sheet = await room.desk.editing.sheet(worker, room.ref)
    state = "overtaken" if sheet.overtaken else "saved" if draft else "same"
    seen = draft.version if draft else 0
    return JSONResponse({"state": state, "said": room.said(state, draft), "seen": seen})


@for_editors
async def submit(request: Request, worker: Worker) -> Response:
    """Asks a reviewer to look; the why goes along."""
    room = await Room.of(request, worker)

    async def ask() -> Response:
        await room.keep(always=True, note=room.typed.why)
        await room.desk.editing.submit(worker, room.ref)
        return room.done("submitted")

    return await room.trying(ask)


@for_editors
async def publish(request: Request, worker: Worker) -> Response:
    """Makes the draft what residents read: one's own, or with `author` a colleague's."""
    room = await Room.of(request, worker)

    async def make_public() -> Response:
        if not room.author:
            await room.keep(always=True)
        revision = await room.desk.editing.publish(
            worker,
            room.ref,
            room.author or worker.id,
            why=room.typed.why,
            reviewed=room.typed.reviewed,
            seen=room.looked,
        )
        unread = not room.typed.reviewed and unsaid_unread(room.desk, room.ref)
        return room.done("removed" if revision.body is None else "unread" if unread else "published")

    return await room.trying(make_public)


@for_editors
async def discard(request: Request, worker: Worker) -> Response:
    """Throws the own draft away."""
    return await _plain(request, worker, "discarded", lambda desk: desk.editing.discard)


@for_editors
async def translate(request: Request, worker: Worker) -> Response:
    """Has a machine make a draft of the Dutch text."""
    return await _plain(request, worker, "translated", lambda desk: desk.editing.translated)


@for_editors
async def read(request: Request, worker: Worker) -> Response:
    """Somebody read every sentence that a machine wrote."""
    room = await Room.of(request, worker)

    async def mark() -> Response:
        if not room.form.ticked("read-all"):
            raise EditError("Tick that you read every sentence. Only then is it your text.")
        await room.keep()
        await room.desk.editing.mark_read(worker, room.ref)
        return room.done("read")

    return await room.trying(mark)


@for_editors
async def remove(request: Request, worker: Worker) -> Response:
    """Makes a draft that takes the text away; nothing happens to residents before that is published."""
    room = await Room.of(request, worker)

    async def take_away() -> Response:
        await room.store(None, room.typed.base, room.typed.seen)
        return room.done("")

    return await room.trying(take_away)


async def _plain(request: Request, worker: Worker, did: str, move: Callable[[Desk], Move]) -> Response:
    room = await Room.of(request, worker)

    async def act() -> Response:
        await move(room.desk)(worker, room.ref)
        return room.done(did)

    return await room.trying(act)


def _asked_on_the_way(form: Given) -> str:
    """The rest of the page's address, when a button asked for more than keeping the draft."""
    section, search = form.text("new-section", 40), form.text("find-picture", 60)
    if form.ticked("add-section") and section.replace("_", "").isalnum():
        return f"?section={section}#field-{section}"
    if form.ticked("find"):
        return f"?picture={quote(search)}#pictures"
    if form.ticked("drop-section"):
        return "#sections"
    return "#sources" if form.ticked("drop-source") or form.ticked("add-source") else ""


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["POST"])
