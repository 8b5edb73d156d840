"""All texts out and in as files: for people who like a spreadsheet, for git, and for translators."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.errors import EditError, ImportRefused
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Change
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entry_names import Names
from bot.desk.content.exchange.downloads import exported_as
from bot.desk.content.exchange.file_words import LACKING, file_teller
from bot.desk.content.exchange.preview_view import SHOWN, preview_of, second_looks
from bot.desk.content.exchange.translators import links_of
from bot.desk.content.exchange.upload import Wrong, file_of, wrongs
from bot.desk.content.exchange.waiting_files import WaitingFile, WaitingFiles
from bot.desk.desk import Desk
from bot.desk.forms import Given, given
from bot.desk.session import for_roles
from bot.services.editing.exchange import Exchange
from bot.services.editing.import_content import Imported

log = structlog.get_logger("files")
NO_FILE: Final = "Choose a file first."
GONE: Final = "This file waited longer than 15 minutes, or another one came after it. Choose it again."
_EXPORT: Final = "/content/files/export/{name}"


def routes(desk: Desk) -> list[Route]:
    """The page, the downloads, and taking in."""
    files, guard = FilesPage(desk), for_roles(Role.EDITOR, Role.REVIEWER)
    return [
        Route("/content/files", guard(files.show)),
        Route(_EXPORT, guard(files.export)),
        Route("/content/files/import", guard(files.look), methods=["POST"]),
        Route("/content/files/apply", guard(files.apply), methods=["POST"]),
    ]


class FilesPage:
    """The page; remembers files between looking at them and taking them in."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._waiting = desk, WaitingFiles(desk.clock)

    async def show(self, request: Request, worker: Worker) -> Response:
        """What can be had, where a file can be sent, and the links of translators."""
        return await self._page(request, worker)

    async def export(self, request: Request, _: Worker) -> Response:
        """One file, by its name in the address."""
        return await exported_as(self._exchange(), request.path_params["name"], self._desk.clock().date())

    async def look(self, request: Request, worker: Worker) -> Response:
        """Reads a file and shows what it would change; nothing is changed."""
        name, data = await file_of(request)
        only = str((await request.form()).get("only") or "")
        if not data:
            return await self._page(request, worker, 422, problem=NO_FILE)
        try:
            token, waiting = await self._looked_at(worker, name, data, only if only in LANGUAGES else "")
        except ImportRefused as error:
            log.info("file refused", problems=len(error.problems))
            wrong, lacks = wrongs(error.problems, worker.language), any(told == LACKING for _, told in error.problems)
            return await self._page(request, worker, 422, wrong=wrong, name=name, maybe_translator=lacks and not only)
        return self._preview(request, worker, token, waiting, Given({}))

    async def apply(self, request: Request, worker: Worker) -> Response:
        """Takes in what was looked at: all of it or nothing."""
        form = await given(request)
        token = form.text("file")
        waiting = self._waiting.find(worker, token)
        if waiting is None:
            return await self._page(request, worker, 409, problem=GONE)
        try:
            taken = await self._taken_in(worker, waiting, form)
        except ImportRefused as error:
            return self._preview(request, worker, token, waiting, form, wrongs(error.problems, worker.language))
        except EditError as error:
            problem = file_teller(worker.language)(str(error)) or str(error)
            return self._preview(request, worker, token, waiting, form, problem=problem)
        self._waiting.drop(token)
        return await self._page(request, worker, taken=taken)

    async def _looked_at(self, worker: Worker, name: str, data: bytes, only: str) -> tuple[str, WaitingFile]:
        """Raises ImportRefused."""
        exchange = self._exchange()
        read = await asyncio.to_thread(exchange.read, data, await exchange.entries(), only)
        return self._waiting.keep(worker, name, read, await exchange.preview(read.entries))

    async def _taken_in(self, worker: Worker, waiting: WaitingFile, form: Given) -> Imported:
        """Raises ImportRefused or EditError."""
        change = form.text("change")
        return await self._exchange().apply(
            worker,
            waiting.read.entries,
            form.text("why", 1000),
            change=Change(change) if change in set(Change) else Change.MEANING,
            overrides=form.text("overrides", 1000),
            seen=waiting.preview.seen,
        )

    def _exchange(self) -> Exchange:
        """Raises HTTPException 404 where nothing is taken out or in."""
        if self._desk.exchange is None:
            raise HTTPException(404)
        return self._desk.exchange

    async def _page(
        self, request: Request, worker: Worker, status: int = 200, taken: Imported | None = None, **more: object
    ) -> Response:
        self._exchange()
        looks = second_looks(taken.drafts if taken else (), Names(self._desk.content, worker.language))
        return page.render(
            request,
            "content/files.html",
            status,
            **{"problem": "", "wrong": (), "name": "", "maybe_translator": False} | more,
            tab="files",
            taken=taken,
            looks=looks[:SHOWN],
            more_looks=len(looks[SHOWN:]),
            links=await links_of(self._desk),
            tongues={code: each for code, each in LANGUAGES.items() if code != SOURCE},
            people={one.id: one.name for one in await self._desk.store.workers()},
            told=request.query_params.get("did", ""),
        )

    def _preview(
        self,
        request: Request,
        worker: Worker,
        token: str,
        waiting: WaitingFile,
        form: Given,
        wrong: Sequence[Wrong] = (),
        problem: str = "",
    ) -> Response:
        return page.render(
            request,
            "content/files_preview.html",
            422 if wrong or problem else 200,
            **preview_of(self._desk, waiting, worker.language),
            tab="files",
            token=token,
            form=form,
            wrong=wrong,
            problem=problem,
        )
