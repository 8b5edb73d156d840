"""What an editor does about the texts of colleagues: keeps the own one on top, gives one back, or goes on with it."""

from __future__ import annotations

from starlette.responses import Response

from bot.core.errors import EditError
from bot.desk.content.writing.room import Room


async def rebase(room: Room) -> Response:
    """Keeps one's own text, or taking it away, on top of what was published meanwhile."""
    draft = room.sheet.draft
    gone = draft is not None and draft.body is None
    await room.store(None if gone else room.typed.body, room.sheet.base, room.typed.seen)
    return room.done("rebased")


async def give_back(room: Room) -> Response:
    """Returns a colleague's draft with a note."""
    if not room.typed.why:
        raise EditError("Write what the author should change.")
    await room.desk.editing.give_back(room.worker, room.ref, room.author, room.typed.why)
    return room.done("given-back")


async def take(room: Room) -> Response:
    """Goes on with a colleague's text as a draft of one's own."""
    theirs = room.theirs
    if theirs is not None and room.sheet.draft is None:
        await room.store(theirs.body, theirs.base, 0, like=theirs)
    return room.done("saved" if theirs else "gone")
