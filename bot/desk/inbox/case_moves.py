"""What a worker does with a case on its page; each is a plain form."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.core.case import Result
from bot.core.team import Worker
from bot.desk.desk import Desk
from bot.desk.inbox.screen import MAX_TEXT, Screen


class CaseMoves:
    """Acting on one case. Each raises CaseUnknown when the case is not for these eyes, else shows what came of it."""

    def __init__(self, desk: Desk, screen: Screen) -> None:
        self._work, self._screen = desk.work, screen

    async def claim(self, request: Request, worker: Worker) -> Response:
        """Takes the case."""
        return await self._screen.after(request, worker, lambda: self._work.claim(worker, _case_id(request)))

    async def reply(self, request: Request, worker: Worker) -> Response:
        """Writes to the resident; a text of ours goes along in their language."""
        text, mark = await _field(request, "text"), await _field(request, "once")
        if not text or len(text) > MAX_TEXT:
            return await self._screen.render(request, worker, problem="too_long" if text else "empty", text=text)

        async def send() -> None:
            translation = await self._screen.in_their_language(request, worker, text)
            await self._work.reply(worker, _case_id(request), text, translation=translation)

        return await self._screen.after(request, worker, send, typed={"text": text}, mark=mark)

    async def note(self, request: Request, worker: Worker) -> Response:
        """Writes something down for colleagues."""
        note, mark = await _field(request, "note"), await _field(request, "once")
        if not note or len(note) > MAX_TEXT:
            return await self._screen.render(request, worker, problem="too_long" if note else "empty", note=note)
        return await self._screen.after(
            request,
            worker,
            lambda: self._work.note(worker, _case_id(request), note),
            typed={"note": note},
            mark=mark,
        )

    async def close(self, request: Request, worker: Worker) -> Response:
        """Closes the case with a result."""
        result = await _field(request, "result")
        if result not in set(Result):
            return await self._screen.render(request, worker, problem="no_result")
        return await self._screen.after(
            request, worker, lambda: self._work.close(worker, _case_id(request), Result(result)), done="closed"
        )

    async def hand_over(self, request: Request, worker: Worker) -> Response:
        """Hands the case to a team ("team:<id>") or to a colleague of its own team ("worker:<id>")."""
        view, to = await self._screen.view(request, worker), await _field(request, "to")
        teams = {f"team:{team.id}": (team.id, "") for team in view.teams}
        colleagues = {f"worker:{one.id}": (view.row.case.team, one.id) for one in view.colleagues}
        chosen = (teams | colleagues).get(to)
        if chosen is None:
            return await self._screen.render(request, worker, problem="nobody")
        return await self._screen.after(
            request, worker, lambda: self._work.hand_over(worker, view.row.case.id, *chosen), done="handed_over"
        )

    async def release(self, request: Request, worker: Worker) -> Response:
        """Puts the case back in the queue."""
        return await self._screen.after(
            request, worker, lambda: self._work.release(worker, _case_id(request)), done="released"
        )

    async def reopen(self, request: Request, worker: Worker) -> Response:
        """Opens a case again that was closed a few days ago; whoever opens it has it."""
        reopen = self._work.reopen
        if reopen is None:
            return await self._screen.render(request, worker, problem="closed")
        return await self._screen.after(request, worker, lambda: reopen(worker, _case_id(request)))


def _case_id(request: Request) -> str:
    return str(request.path_params["case_id"])


async def _field(request: Request, name: str) -> str:
    """What was filled in, without blanks around it and with line ends as Python knows them; "" for nothing."""
    value = (await request.form()).get(name, "")
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else ""
