"""The pages of a translator without an account: one language, until the link ends, and nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Kind
from bot.core.errors import EditError, ImportRefused
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Draft, Stage
from bot.desk import page
from bot.desk.content.entry_names import ANSWER, Names
from bot.desk.content.exchange.downloads import XLSX, download
from bot.desk.content.exchange.guest_door import Guest, GuestDoor
from bot.desk.content.exchange.guest_text import GuestText
from bot.desk.content.exchange.upload import file_of, wrongs
from bot.desk.desk import Desk
from bot.services.editing.exchange import Exchange

NO_FILE: Final = "Choose a file first."
LATE_FILE: Final = "This page was open too long. Nothing was sent: choose the file once more, and send it."
_ADDRESS: Final = "/translate/{token}"
_ORDER: Final = ("missing", "old", "begun", "sent", "there")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One answer on the list. `state`: "sent", "begun", "missing", "old" (the Dutch text changed) or "there"."""

    key: str
    title: str
    state: str


def routes(desk: Desk) -> list[Route]:
    """The list, the file, and one text at a time."""
    door, pages, text = GuestDoor(desk), GuestList(desk), GuestText(desk)
    return [
        Route(_ADDRESS, door.for_guests(pages.show)),
        Route(f"{_ADDRESS}/file", door.for_guests(pages.file, file=True)),
        Route(f"{_ADDRESS}/file", door.for_guests(pages.send_file, late=pages.late_file, file=True), methods=["POST"]),
        Route(f"{_ADDRESS}/texts/{{key}}", door.for_guests(text.show)),
        Route(f"{_ADDRESS}/texts/{{key}}", door.for_guests(text.save, late=text.late), methods=["POST"]),
    ]


class GuestList:
    """What there is to translate, and the same as a workbook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request, guest: Guest) -> Response:
        """First what is missing or older than the Dutch text."""
        return await self._page(request, guest)

    async def file(self, _: Request, guest: Guest) -> Response:
        """The workbook of this language."""
        exchange, only = self._exchange(), guest.link.language
        data = await asyncio.to_thread(exchange.to_xlsx, await exchange.entries(), only)
        return download(data, XLSX, f"buurtvraag-{only}-{self._desk.clock().date().isoformat()}.xlsx")

    async def send_file(self, request: Request, guest: Guest) -> Response:
        """Reads the workbook back: what changed becomes drafts, that the editors look at."""
        exchange = self._exchange()
        _, data = await file_of(request)
        if not data:
            return await self._page(request, guest, 422, problem=NO_FILE)
        try:
            read = await asyncio.to_thread(exchange.read, data, await exchange.entries(), guest.link.language)
            done = await exchange.apply(guest.worker, read.entries, f"by {guest.link.name}", drafts_only=True)
        except ImportRefused as error:
            wrong = wrongs(error.problems, await page.language_of(request))
            return await self._page(request, guest, 422, wrong=wrong)
        except EditError as error:
            return await self._page(request, guest, 409, problem=str(error))
        empty = sum(one.rows + one.cells for one in read.missing)
        return RedirectResponse(f"{guest.address}?sent={len(done.drafts)}&empty={empty}", 303)

    async def late_file(self, request: Request, guest: Guest) -> Response:
        """The page once more: a browser gives no file back."""
        return await self._page(request, guest, 403, problem=LATE_FILE)

    def _exchange(self) -> Exchange:
        """Raises HTTPException 404 where no files go out or in."""
        if self._desk.exchange is None:
            raise HTTPException(404)
        return self._desk.exchange

    async def _page(self, request: Request, guest: Guest, status: int = 200, **more: object) -> Response:
        content = self._desk.content
        drafts = {one.ref.key: one for one in await self._desk.store.drafts() if _is_theirs(one, guest)}
        rows = [self._row(key, drafts.get(key), guest) for key, code in content.answers if code == SOURCE]
        return page.render(
            request,
            "content/guest.html",
            status,
            **{"problem": "", "wrong": ()} | more,
            link=guest.link,
            address=guest.address,
            tongue=LANGUAGES[guest.link.language],
            rows=sorted(rows, key=lambda row: _ORDER.index(row.state)),
            sent=_number(request, "sent"),
            empty=_number(request, "empty"),
            files=self._desk.exchange is not None,
        )

    def _row(self, key: str, draft: Draft | None, guest: Guest) -> TextRow:
        content, which = self._desk.content, (key, guest.link.language)
        if draft is not None:
            state = "sent" if draft.stage is Stage.IN_REVIEW else "begun"
        elif which not in content.answers:
            state = "missing"
        else:
            state = "old" if which in content.updating | content.withdrawn else "there"
        return TextRow(key, Names(content, SOURCE).topic(key.removeprefix(ANSWER)), state)


def _is_theirs(draft: Draft, guest: Guest) -> bool:
    return draft.author == guest.worker.id and draft.ref.kind is Kind.ANSWER


def _number(request: Request, name: str) -> int | None:
    """A number of texts in the address; None for none."""
    told = request.query_params.get(name, "")
    return int(told) if told.isdecimal() and told.isascii() and len(told) < 6 else None  # noqa: PLR2004
