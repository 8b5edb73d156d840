"""What an editor does about the texts of colleagues: keeps the own one on top, gives one back, or goes on with it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.core.errors import EditError
from bot.core.team import Worker
from bot.desk.content.answers.answer_page import for_editors
from bot.desk.content.answers.answer_review import draft_of
from bot.desk.content.answers.answer_room import Room


@for_editors
async def rebase(request: Request, worker: Worker) -> Response:
    """Keeps one's own text on top of what was published meanwhile."""
    room = await Room.of(request, worker)

    async def keep_mine() -> Response:
        await room.store(room.typed.answer, room.sheet.base, room.typed.seen)
        return room.done("rebased")

    return await room.trying(keep_mine)


@for_editors
async def give_back(request: Request, worker: Worker) -> Response:
    """Returns a colleague's draft with a note."""
    room = await Room.of(request, worker)

    async def back() -> Response:
        if not room.typed.why:
            raise EditError("Write what the author should change.")
        await room.desk.editing.give_back(worker, room.ref, room.author, room.typed.why)
        return room.done("given-back")

    return await room.trying(back)


@for_editors
async def take(request: Request, worker: Worker) -> Response:
    """Goes on with a colleague's text as a draft of one's own."""
    room = await Room.of(request, worker)

    async def mine() -> Response:
        theirs = draft_of(room.sheet, room.author)
        if theirs is not None and room.sheet.draft is None:
            await room.store(theirs.body, theirs.base, 0, like=theirs)
        return room.done("saved" if theirs else "gone")

    return await room.trying(mine)
