"""All texts out and in as files: for people who like a spreadsheet, for git, and for translators."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.errors import EditError, ImportRefused
from bot.core.finding import Finding
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Change
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.answers.answer_view import unsaid_unread
from bot.desk.content.answers.findings_view import Told
from bot.desk.content.differences import PartDifference, differences
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.content.entry_names import Named, Names, direction
from bot.desk.content.exchange.file_words import file_teller
from bot.desk.content.exchange.translators import links_of
from bot.desk.content.exchange.upload import file_of, wrongs
from bot.desk.content.exchange.waiting_files import WaitingFile, WaitingFiles
from bot.desk.desk import Desk
from bot.desk.forms import Given, given
from bot.desk.session import for_roles
from bot.services.editing.content_changes import EntryChange
from bot.services.editing.exchange import Exchange

log = structlog.get_logger("files")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML: Final = "application/yaml"
NO_FILE: Final = "Choose a file first."
GONE: Final = "This file waited longer than 15 minutes, or another one came after it. Choose it again."
SHOWN: Final = 300  # changes on one page; all of them are taken in
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
        """all.xlsx, all.yml, or the small workbook for one language: tr.xlsx."""
        exchange, name = self._exchange(), request.path_params["name"]
        what, _, ending = name.partition(".")
        only = "" if what == "all" else what
        if ending not in {"xlsx", "yml"} or (only and (ending != "xlsx" or only not in LANGUAGES or only == SOURCE)):
            raise HTTPException(404)
        entries = await exchange.entries()
        if ending == "yml":
            return download(await asyncio.to_thread(exchange.to_yaml, entries), YAML, self._name(what, ending))
        return download(await asyncio.to_thread(exchange.to_xlsx, entries, only), XLSX, self._name(what, ending))

    async def look(self, request: Request, worker: Worker) -> Response:
        """Reads a file and shows what it would change; nothing is changed."""
        exchange = self._exchange()
        name, data = await file_of(request)
        only = str((await request.form()).get("only") or "")
        only = only if only in LANGUAGES else ""
        if not data:
            return await self._page(request, worker, 422, problem=NO_FILE)
        try:
            entries = await asyncio.to_thread(exchange.read, data, await exchange.entries(), only)
            preview = await exchange.preview(entries)
        except ImportRefused as error:
            log.info("file refused", problems=len(error.problems))
            return await self._page(request, worker, 422, wrong=wrongs(error.problems, worker.language), name=name)
        token = self._waiting.keep(worker, name, entries, preview)
        found = self._waiting.find(worker, token)
        assert found is not None  # noqa: S101 - kept a line ago
        return self._preview(request, worker, token, found, Given({}))

    async def apply(self, request: Request, worker: Worker) -> Response:
        """Takes in what was looked at: all of it or nothing."""
        exchange, form = self._exchange(), await given(request)
        token = form.text("file")
        waiting = self._waiting.find(worker, token)
        if waiting is None:
            return await self._page(request, worker, 409, problem=GONE)
        change = form.text("change")
        try:
            done = await exchange.apply(
                worker,
                waiting.entries,
                form.text("why", 1000),
                change=Change(change) if change in set(Change) else Change.MEANING,
                overrides=form.text("overrides", 1000),
                seen=waiting.preview.seen,
            )
        except ImportRefused as error:
            return self._preview(request, worker, token, waiting, form, wrongs(error.problems, worker.language))
        except EditError as error:
            problem = file_teller(worker.language)(str(error)) or str(error)
            return self._preview(request, worker, token, waiting, form, problem=problem)
        self._waiting.drop(token)
        return await self._page(request, worker, done=done)

    def _exchange(self) -> Exchange:
        """Raises HTTPException 404 where nothing is taken out or in."""
        if self._desk.exchange is None:
            raise HTTPException(404)
        return self._desk.exchange

    async def _page(self, request: Request, worker: Worker, status: int = 200, **more: object) -> Response:
        self._exchange()
        return page.render(
            request,
            "content/files.html",
            status,
            **{"problem": "", "wrong": (), "name": "", "done": None} | more,
            tab="files",
            links=await links_of(self._desk),
            tongues={code: each for code, each in LANGUAGES.items() if code != SOURCE},
            people={one.id: one.name for one in await self._desk.store.workers()},
            told=request.query_params.get("did", ""),
            own=worker.id,
        )

    def _preview(
        self,
        request: Request,
        worker: Worker,
        token: str,
        waiting: WaitingFile,
        form: Given,
        wrong: Sequence[object] = (),
        problem: str = "",
    ) -> Response:
        preview, names = waiting.preview, Names(self._desk.content, worker.language)
        return page.render(
            request,
            "content/files_preview.html",
            422 if wrong or problem else 200,
            tab="files",
            token=token,
            file=waiting,
            number=len(preview.changes),
            second=sum(one.needs_second for one in preview.changes),
            dutch=any(one.ref.language == SOURCE and one.ref.kind == "answer" for one in preview.changes),
            unsaid=any(one.after is not None and unsaid_unread(self._desk, one.ref) for one in preview.changes),
            rows=[_row(one, names) for one in preview.changes[:SHOWN]],
            blocking=[_found(one, names) for one in preview.blocking],
            details=names.details,
            direction=direction,
            form=form,
            wrong=wrong,
            problem=problem,
        )

    def _name(self, what: str, ending: str) -> str:
        day: date = self._desk.clock().date()
        return f"buurtvraag-{what}-{day.isoformat()}.{ending}"


def download(data: bytes, kind: str, name: str) -> Response:
    """Bytes as a file that a browser keeps."""
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _row(change: EntryChange, names: Names) -> tuple[Named, EntryChange, tuple[PartDifference, ...]]:
    return names.named(change.ref), change, differences(change.before, change.after)


def _found(finding: Finding, names: Names) -> tuple[str, str, Told]:
    """(which text, in which language, what is wrong)."""
    return finding.key, names.tongue(finding.language), rules_told([finding], [finding])[0]
