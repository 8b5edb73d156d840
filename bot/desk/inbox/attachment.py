"""Photos, voice messages and other files of a case, as a browser may have them."""

from __future__ import annotations

import mimetypes
from typing import Final

from starlette.responses import Response

from bot.core.message import File
from bot.services.turns.media import UNKNOWN, media_type, safe_to_show

_HEADERS: Final = {"Content-Security-Policy": "default-src 'none'; media-src 'self'; sandbox"}


def attachment(data: bytes, file: File) -> Response:
    """The file as a response: shown where that is safe by what is in it, else a download."""
    media = media_type(data, file.kind)
    shown = safe_to_show(media)
    place = "inline" if shown else "attachment"
    headers = {**_HEADERS, "Content-Disposition": f'{place}; filename="{_name(file, media)}"'}
    return Response(data, media_type=media if shown else UNKNOWN, headers=headers)


def _name(file: File, media: str) -> str:
    """A name that fits in a header and says nothing of how the resident called it."""
    given = file.name.rpartition(".")[2] if "." in file.name else ""
    ending = mimetypes.guess_extension(media) if media != UNKNOWN else None
    return f"{file.kind}{ending or (f'.{given}' if given.isascii() and given.isalnum() else '')}"
