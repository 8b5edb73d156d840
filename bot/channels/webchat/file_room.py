"""The files of a chat: kept when they come, opened for the visitor whose they are."""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.webchat.links import FileLinks
from bot.channels.webchat.page import Pages
from bot.channels.webchat.say import html
from bot.channels.webchat.upload import Attached
from bot.channels.webchat.visitor import visitor_of
from bot.core.errors import DeliveryError
from bot.core.message import File
from bot.services.files import Files
from bot.services.turns.media import media_type, safe_to_show

log = structlog.get_logger("webchat")
_REMEMBERED: Final = 500
# A page that shows a sound is made by the browser itself, and plays it only if it may.
_POLICY: Final = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


class Keep:
    """Call it with a file that came: it is kept once, however often the same message is sent."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._kept: dict[str, asyncio.Task[File]] = {}

    async def __call__(self, update_id: str, attached: Attached) -> File:
        """The kept file. Raises StoreError."""
        task = self._kept.get(update_id)
        if task is None or (task.done() and task.exception()):
            keeping = self._files.keep(attached.data, attached.kind, attached.name)
            task = self._kept[update_id] = asyncio.ensure_future(keeping)
            if len(self._kept) > _REMEMBERED:
                del self._kept[next(iter(self._kept))]
        return await asyncio.shield(task)


class FileRoom:
    """The page of a file."""

    def __init__(self, files: Files, links: FileLinks, pages: Pages) -> None:
        self._files, self._links, self._pages = files, links, pages

    async def file(self, request: Request) -> Response:
        """What is in a file, for the visitor to whom it was sent; for anybody else it is not there."""
        visitor = visitor_of(request)
        file = self._links.read(request.path_params["token"], visitor.address) if visitor.known else None
        try:
            data = await self._files.open(file) if file else None
        except DeliveryError as error:
            log.warning("file not opened", error=type(error).__name__)
            data = None
        if file is None or data is None:
            return html(self._pages.problem(visitor.language, "not_here"), 404)
        return Response(data, headers=_headers(file, data))


def _headers(file: File, data: bytes) -> dict[str, str]:
    media = media_type(data, file.kind)
    how = "inline" if safe_to_show(media) else "attachment"
    return {
        "Content-Type": media,
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name or file.kind.value, safe='')}",
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
    }
