"""Who comes by a translator's link, how often they may, and what they see when they may not come in.

No page of theirs knows of the desk: also an editor who opens a link is a guest there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.core.errors import StoreBusy
from bot.core.home import home_at
from bot.core.language import LANGUAGES
from bot.core.pace import Pace
from bot.core.revision import TranslatorLink
from bot.core.team import Role, Worker
from bot.desk.content.exchange.guest_refusal import BUSY, FULL, GONE, HURRY, NOT_HERE, refuse
from bot.desk.desk import Desk
from bot.desk.form_token import check_form
from bot.desk.security import TooLarge
from bot.desk.session import Endpoint
from bot.services.editing.editor_rights import BY_LINK
from bot.services.editing.translator_links import working_link

PAGES: Final = (60, 60)  # at once, then a minute: of one link
PAGES_AT_HOME: Final = (300, 300)  # of one address on the internet
FILES: Final = (6, 3)  # of one link: a workbook takes the server a second
GuestEndpoint = Callable[[Request, "Guest"], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guest:
    """Who came by a link. `worker` stands for them in use cases: what they save are drafts of it."""

    link: TranslatorLink
    worker: Worker
    address: str


class GuestDoor:
    """Lets guests in, counted by link and by address."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages, self._files = Pace(*PAGES, desk.clock), Pace(*FILES, desk.clock)
        self._at_home = Pace(*PAGES_AT_HOME, desk.clock)

    def for_guests(self, endpoint: GuestEndpoint, *, late: GuestEndpoint | None = None, file: bool = False) -> Endpoint:
        """Makes an endpoint for who holds a link that works; for all others the page is not there.

        A form without the token of this browser, as of a page that was open too long, goes to `late` instead: nothing
        may be kept of it. `file`: it takes or gives a workbook.
        """

        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            request.state.signed = None
            response = await self._answered(request, endpoint, late, file=file)
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            return response

        guarded.guarded = True  # type: ignore[attr-defined]
        return guarded

    async def _answered(
        self, request: Request, endpoint: GuestEndpoint, late: GuestEndpoint | None, *, file: bool
    ) -> Response:
        home = home_at(request.client.host if request.client else "")
        try:
            if home and not self._at_home.take(home):
                return await refuse(request, HURRY)
            guest = await self._guest(request)
            if guest is None:
                return await refuse(request, GONE)
            if not (self._files if file else self._pages).take(guest.link.id):
                return await refuse(request, HURRY)
            if late is not None and not await _is_believed(request):
                return await late(request, guest)
            return await endpoint(request, guest)
        except StoreBusy:
            return await refuse(request, BUSY)
        except TooLarge:
            return await refuse(request, FULL)
        except HTTPException as error:
            if error.status_code != NOT_HERE.status:
                raise
            return await refuse(request, NOT_HERE)

    async def _guest(self, request: Request) -> Guest | None:
        token = request.path_params["token"]
        link = await working_link(self._desk.store, token, self._desk.clock())
        if link is None or link.language not in LANGUAGES:
            return None
        worker = Worker(f"{BY_LINK}{link.id}", "", link.name, frozenset({Role.EDITOR}), languages=(link.language,))
        return Guest(link, worker, f"/desk/translate/{token}")


async def _is_believed(request: Request) -> bool:
    try:
        await check_form(request)
    except HTTPException as error:
        if error.status_code != 403:  # noqa: PLR2004 - the form cannot be read
            raise
        return False
    return True
