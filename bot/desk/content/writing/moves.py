"""What an editor does with a text on its page. Whatever goes wrong, what was typed stays in the form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.core.errors import DraftChanged, EditError
from bot.core.team import Role, Worker
from bot.desk.content.writing import writing_page
from bot.desk.content.writing.colleagues import give_back, rebase, take
from bot.desk.content.writing.form_kind import FormKind
from bot.desk.content.writing.room import Room
from bot.desk.session import Endpoint, for_roles

Move = Callable[[Room], Awaitable[Response]]
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)


async def save(room: Room) -> Response:
    """Keeps the draft: by hand, or because a button asks for more of the page."""
    draft = await room.keep()
    where = room.kind.asked_on_the_way(room.form)
    return room.back(where) if where else room.done("saved" if draft else "")


async def autosave(room: Room) -> Response:
    """Keeps the draft while somebody types; the answer says when, or that another window was first."""
    try:
        draft = await room.keep()
    except EditError as error:
        state = "conflict" if isinstance(error, DraftChanged) else "refused"
        return JSONResponse({"state": state, "said": room.said(state)}, 409)
    state = "same" if draft is None else "saved" if draft.base == room.sheet.base else "overtaken"
    return JSONResponse({"state": state, "said": room.said(state, draft), "seen": draft.version if draft else 0})


async def submit(room: Room) -> Response:
    """Asks a reviewer to look; the why goes along."""
    await room.keep(always=True, note=room.typed.why)
    await room.desk.editing.submit(room.worker, room.ref)
    return room.done("submitted")


async def publish(room: Room) -> Response:
    """Makes the draft what is served: one's own, or with `author` a colleague's, once all of it was looked at."""
    draft = room.theirs if room.author else await room.keep(always=True)
    if draft and draft.body and (where := room.kind.look_first(room.desk, room.sheet, room.form, draft.body)):
        return room.back(where)
    author, why, reviewed = room.author or room.worker.id, room.typed.why, room.typed.reviewed
    revision = await room.desk.editing.publish(
        room.worker, room.ref, author, why=why, reviewed=reviewed, seen=room.looked
    )
    gone = revision.body is None
    return room.done("removed" if gone else room.kind.published(room.desk, room.ref, room.typed))


async def discard(room: Room) -> Response:
    """Throws the own draft away, also to go on from what was published meanwhile."""
    await room.desk.editing.discard(room.worker, room.ref)
    return room.done("discarded")


async def remove(room: Room) -> Response:
    """Makes a draft that takes the text away; nothing happens before that is published."""
    await room.store(None, room.typed.base, room.typed.seen)
    return room.done()


MOVES: Final[Mapping[str, Move]] = {
    "save": autosave,
    "submit": submit,
    "publish": publish,
    "discard": discard,
    "remove": remove,
    "rebase": rebase,
    "give-back": give_back,
    "take": take,
}


def routes(kind: FormKind, own: Mapping[str, Move] = MappingProxyType({})) -> list[Route]:
    """The pages of one kind of form, and its moves, of which `own` are its alone.

    Every move is a form of its own address; together they share the fields of the page.
    """
    moves = {"": save} | {f"/{name}": move for name, move in {**MOVES, **own}.items()}
    return [
        Route(kind.path, for_editors(partial(writing_page.show, kind))),
        Route(f"{kind.path}/preview", for_editors(partial(writing_page.look, kind)), methods=["POST"]),
        *(Route(f"{kind.path}{end}", _endpoint(kind, move), methods=["POST"]) for end, move in moves.items()),
    ]


def _endpoint(kind: FormKind, move: Move) -> Endpoint:
    @for_editors
    async def moved(request: Request, worker: Worker) -> Response:
        room = await Room.of(kind, request, worker)
        try:
            return await move(room)
        except EditError as error:
            return await room.refused(error)

    return moved
