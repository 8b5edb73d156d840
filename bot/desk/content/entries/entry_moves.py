"""What an editor does with an entry on its page. Whatever goes wrong, what was typed stays in the form."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.core.errors import DraftChanged, EditError
from bot.core.team import Worker
from bot.desk.content.entries.entry_page import ADDRESS, for_editors
from bot.desk.content.entries.entry_room import EntryRoom
from bot.desk.desk import Desk
from bot.desk.session import Endpoint


def routes(_: Desk) -> list[Route]:
    """Every move is a form of its own address; together they share the fields of the page."""
    moves = {
        "save": autosave,
        "submit": submit,
        "publish": publish,
        "discard": discard,
        "remove": remove,
        "rebase": rebase,
        "newest": discard,
        "give-back": give_back,
        "take": take,
    }
    return [_post(ADDRESS, save), *(_post(f"{ADDRESS}/{name}", move) for name, move in moves.items())]


@for_editors
async def save(request: Request, worker: Worker) -> Response:
    """Keeps the draft by hand."""
    room = await EntryRoom.of(request, worker)

    async def keep() -> Response:
        return room.done("saved" if await room.keep() else "")

    return await room.trying(keep)


@for_editors
async def autosave(request: Request, worker: Worker) -> Response:
    """Keeps the draft while somebody types; the answer says when, or that another window was first."""
    room = await EntryRoom.of(request, worker)
    if room.typed.problems:
        return JSONResponse({"state": "refused", "said": room.said("refused")}, 409)
    try:
        draft = await room.keep()
    except EditError as error:
        state = "conflict" if isinstance(error, DraftChanged) else "refused"
        return JSONResponse({"state": state, "said": room.said(state)}, 409)
    state = "overtaken" if room.sheet.overtaken else "saved" if draft else "same"
    return JSONResponse({"state": state, "said": room.said(state, draft), "seen": draft.version if draft else 0})


@for_editors
async def submit(request: Request, worker: Worker) -> Response:
    """Asks a reviewer to look; the why goes along."""
    room = await EntryRoom.of(request, worker)

    async def ask() -> Response:
        await room.keep(always=True, note=room.typed.why)
        await room.desk.editing.submit(worker, room.ref)
        return room.done("submitted")

    return await room.trying(ask)


@for_editors
async def publish(request: Request, worker: Worker) -> Response:
    """Makes the draft what is in use: one's own, or with `author` a colleague's.

    A fact only when its texts were shown as they will be.
    """
    room = await EntryRoom.of(request, worker)

    async def make_public() -> Response:
        draft = room.theirs() if room.author else await room.keep(always=True)
        if draft is not None and draft.body is not None and room.unseen(draft.body):
            return room.look_first()
        author, why, reviewed = room.author or worker.id, room.typed.why, room.typed.reviewed
        revision = await room.desk.editing.publish(
            worker, room.ref, author, why=why, reviewed=reviewed, seen=room.looked
        )
        return room.done("removed" if revision.body is None else "published")

    return await room.trying(make_public)


@for_editors
async def discard(request: Request, worker: Worker) -> Response:
    """Throws the own draft away, also to go on from what was published meanwhile."""
    room = await EntryRoom.of(request, worker)
    try:
        await room.desk.editing.discard(worker, room.ref)
    except EditError:
        return room.done("")
    return room.done("discarded")


@for_editors
async def remove(request: Request, worker: Worker) -> Response:
    """Makes a draft that takes the entry away; nothing happens before that is published."""
    room = await EntryRoom.of(request, worker)

    async def take_away() -> Response:
        await room.store(None, room.typed.base, room.typed.seen)
        return room.done("")

    return await room.trying(take_away)


@for_editors
async def rebase(request: Request, worker: Worker) -> Response:
    """Keeps one's own words on top of what was published meanwhile."""
    room = await EntryRoom.of(request, worker)

    async def keep_mine() -> Response:
        gone = room.sheet.draft is not None and room.sheet.draft.body is None
        await room.store(None if gone else room.typed.body, room.sheet.base, room.typed.seen)
        return room.done("rebased")

    return await room.trying(keep_mine)


@for_editors
async def give_back(request: Request, worker: Worker) -> Response:
    """Returns a colleague's draft with a note."""
    room = await EntryRoom.of(request, worker)

    async def back() -> Response:
        if not room.typed.why:
            raise EditError("Write what the author should change.")
        await room.desk.editing.give_back(worker, room.ref, room.author, room.typed.why)
        return room.done("given-back")

    return await room.trying(back)


@for_editors
async def take(request: Request, worker: Worker) -> Response:
    """Goes on with a colleague's words as a draft of one's own."""
    room = await EntryRoom.of(request, worker)

    async def mine() -> Response:
        theirs = room.theirs()
        if theirs is not None and room.sheet.draft is None:
            await room.store(theirs.body, theirs.base, 0, like=theirs)
        return room.done("saved" if theirs else "gone")

    return await room.trying(mine)


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["POST"])
