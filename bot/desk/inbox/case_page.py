"""The page of one case: to read, to follow while it changes, and to see what was sent along."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.core.errors import CaseUnknown, DeliveryError
from bot.core.team import Worker
from bot.desk.desk import Desk
from bot.desk.inbox.attachment import attachment
from bot.desk.inbox.screen import Screen
from bot.desk.inbox.stream import stream


class CasePage:
    """Looking at one case. Every page raises CaseUnknown when the case is not for these eyes."""

    def __init__(self, desk: Desk, screen: Screen) -> None:
        self._desk, self._screen = desk, screen

    async def show(self, request: Request, worker: Worker) -> Response:
        """The case."""
        return await self._screen.render(request, worker)

    async def events(self, request: Request, worker: Worker) -> Response:
        """That this case changes, and who is writing in it."""
        case = await self._screen.case(request, worker)
        return stream(self._desk.live, worker, case.id)

    async def writing(self, request: Request, worker: Worker) -> Response:
        """The worker is typing: colleagues who look at the case see it."""
        self._desk.live.writes(worker, await self._screen.case(request, worker))
        return Response(status_code=204)

    async def phone(self, request: Request, worker: Worker) -> Response:
        """The resident's number; that it was looked at is logged."""
        number = await self._desk.work.phone(worker, (await self._screen.case(request, worker)).id)
        return await self._screen.render(request, worker, phone=number, problem="" if number else "no_phone")

    async def file(self, request: Request, worker: Worker) -> Response:
        """A photo, a voice message or another file that was sent in this case."""
        case = await self._screen.case(request, worker)
        all_of_it = await self._desk.store.case_file(case.id)
        said = all_of_it.said if all_of_it else ()
        file = next((one.file for one in said if one.id == request.path_params["message_id"]), None)
        try:
            data = await self._desk.files.open(file) if file and self._desk.files else None
        except DeliveryError as error:  # its channel is away for a moment
            raise HTTPException(503) from error
        if file is None or data is None:
            raise CaseUnknown("There is no such file.")
        return attachment(data, file)
