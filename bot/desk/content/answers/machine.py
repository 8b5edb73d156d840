"""A translation by a machine, and the words of who read it: only answers have these moves."""

from __future__ import annotations

from starlette.responses import Response

from bot.core.errors import EditError
from bot.desk.content.writing.room import Room


async def translate(room: Room) -> Response:
    """Has a machine make a draft of the Dutch text."""
    await room.desk.editing.translated(room.worker, room.ref)
    return room.done("translated")


async def read(room: Room) -> Response:
    """Somebody read every sentence that a machine wrote."""
    if not room.form.ticked("read-all"):
        raise EditError("Tick that you read every sentence. Only then is it your text.")
    await room.keep()
    await room.desk.editing.mark_read(room.worker, room.ref)
    return room.done("read")
