"""Every version of an entry: who, when and why, what changed word by word, and the way back to an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Body, Kind, Ref
from bot.core.errors import EditError, NotPublishable
from bot.core.overlay import entries_of
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.drafts import author_names
from bot.desk.content.entries.entry_rules import rule_name
from bot.desk.content.entry_names import NO_LANGUAGE, Names, direction, history_address
from bot.desk.content.part_words import part_teller
from bot.desk.content.reasons_told import reason_told
from bot.desk.content.versions import versions_of
from bot.desk.desk import Desk
from bot.desk.forms import Given, Problems, given
from bot.desk.session import for_roles
from bot.desk.words import words

A_PAGE: Final = 25  # versions
SHORTEST: Final = 3  # characters of a reason
LONGEST: Final = 500
NO_VERSION: Final = "Choose the version to go back to."
NO_REASON: Final = "Say why you go back: it is kept with the text."


def routes(desk: Desk) -> list[Route]:
    """The history of an entry, and going back."""
    history, guard = HistoryPage(desk), for_roles(Role.EDITOR, Role.REVIEWER)
    address = "/content/history/{kind}/{key}/{language}"
    return [Route(address, guard(history.show)), Route(address, guard(history.go_back), methods=["POST"])]


class HistoryPage:
    """The versions of one entry."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request, worker: Worker) -> Response:
        """Newest first, A_PAGE at a time: `from` is the place where the page begins."""
        return await self._page(request, worker, Given({}), Problems())

    async def go_back(self, request: Request, worker: Worker) -> Response:
        """Publishes an old version anew; the reason is kept with it."""
        ref, form, problems = _ref(request), await given(request), Problems()
        number, why = form.text("revision", 12), form.text("why", LONGEST)
        problems.unless(number.isdecimal(), "revision", NO_VERSION)
        problems.unless(len(why) >= SHORTEST, "why", NO_REASON)
        if problems:
            return await self._page(request, worker, form, problems)
        try:
            await self._desk.editing.roll_back(worker, ref, int(number), why)
        except EditError as error:
            reasons = error.reasons if isinstance(error, NotPublishable) else (str(error),)
            body = await self._version(ref, int(number))
            found = self._desk.editing.findings(ref, body) if body else ()
            names = Names(self._desk.content, worker.language)
            refused = dict.fromkeys(reason_told(reason, worker.language, found, names) for reason in reasons)
            return await self._page(request, worker, form, problems, tuple(refused))
        return RedirectResponse(f"{history_address(ref)}?back={number}", 303)

    async def _page(
        self, request: Request, worker: Worker, form: Given, problems: Problems, refused: Sequence[str] = ()
    ) -> Response:
        desk, ref = self._desk, _ref(request)
        revisions, file = await desk.store.revisions(ref), self._file(ref)
        served = entries_of(desk.content).get(ref)
        if not revisions:
            file = file or served  # nothing lies over the file: what is served is the file's
        if not revisions and file is None:
            raise HTTPException(404)
        start, t = _start(request), words(worker.language)
        names, people = Names(desk.content, worker.language), author_names(await desk.store.workers(), t)
        return page.render(
            request,
            "content/history.html",
            422 if problems or refused else 200,
            entry=names.named(ref),
            address=history_address(ref),
            versions=list(versions_of(revisions, file, people, start, A_PAGE)),
            details=names.details,
            part_told=part_teller(desk.content, worker.language),
            start=start,
            later=max(0, start - A_PAGE) if start else None,
            earlier=start + A_PAGE if start + A_PAGE < len(revisions) + (file is not None) else None,
            went_back="back" in request.query_params,
            form=form,
            problems=problems,
            rule_name=rule_name,
            refused=refused,
            direction=direction,
        )

    async def _version(self, ref: Ref, number: int) -> Body | None:
        """What an old version says; 0 is the file."""
        if not number:
            return self._file(ref)
        return next((one.body for one in await self._desk.store.revisions(ref) if one.id == number), None)

    def _file(self, ref: Ref) -> Body | None:
        """The entry as the files have it, if the desk was given the texts of the files."""
        base = self._desk.base
        return entries_of(base).get(ref) if base is not None else None


def _ref(request: Request) -> Ref:
    """The entry that the address names. Raises HTTPException 404 for a kind that does not exist."""
    given = request.path_params
    if given["kind"] not in set(Kind):
        raise HTTPException(404)
    language = "" if given["language"] == NO_LANGUAGE else given["language"]
    return Ref(Kind(given["kind"]), given["key"], language)


def _start(request: Request) -> int:
    place = request.query_params.get("from", "")
    return min(int(place), 100_000) if place.isdecimal() and len(place) < 7 else 0  # noqa: PLR2004 - far enough
