"""`buurtvraag content`: the texts, held to their rules, stamped, and brought out and in."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.screen import Json, err, out, say
from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.core.entry import Body, Ref
    from bot.core.file_read import FileRead
    from bot.core.source_change import History
    from bot.services.editing.import_content import Imported

app = typer.Typer(no_args_is_help=True, help="What the assistant says.")


@app.command()
def check(as_json: Json = False) -> None:
    """Hold every text to the rules of docs/content.md. Exit code 1 when something blocks."""
    from bot.gateways.content_files import load_content
    from bot.gateways.words import Words
    from bot.services.checking import check_content as checking

    content, words = load_content(ROOT / "responses"), Words()
    findings = checking.check(content, words)
    blocking = [finding for finding in findings if finding.severity == "block"]
    if as_json:
        report = {"blocking": len(blocking), "findings": [asdict(f) for f in findings]}
        scores = [asdict(score) for score in checking.scores(content, words)]
        print(json.dumps(report | {"scores": scores}, ensure_ascii=False))
    else:
        for finding in blocking:
            line = f"{finding.where} {finding.key}: {finding.text} {finding.suggestion}"
            out.print(line, markup=False, highlight=False)
        out.print(f"{len(blocking)} findings block, {len(findings) - len(blocking)} are advice (--json shows them).")
    if blocking:
        sys.exit(1)


@app.command()
def stamp() -> None:
    """Note in every translation which Dutch text it was made from; run it after translating."""
    from bot.gateways.content_files import load_content
    from bot.gateways.content_stamp import stamp as stamp_files

    folder = ROOT / "responses"
    out.print(f"{stamp_files(folder, load_content(folder))} lines changed.")


@app.command()
def export(
    to: Annotated[Path | None, typer.Option(help="A file to write all content to: .yml or .xlsx.")] = None,
) -> None:
    """Write what editors published back into responses/ and nlu/ for git; with --to, all content into one file."""
    from bot.gateways.content_out import to_file, write_back

    entries, changes = asyncio.run(_published(whole=to is not None))
    if to is not None:
        to.write_bytes(to_file(to.name, entries, changes))
        say(f"{to}: {len(entries)} entries.")
        return
    changed = [str(path.relative_to(ROOT)) for path in write_back(ROOT, entries, changes)]
    if not changed:
        out.print("The files say already what editors published: nothing was changed.")
        return
    commit = f"git add {' '.join(changed)} && git commit -m 'Texts that editors published'"
    say(*changed, f"{len(changed)} files changed. Look at them, and keep them:", commit)


async def _published(*, whole: bool) -> tuple[Mapping[Ref, Body | None], History]:
    """All content as it is served, and how the Dutch texts changed: all of it, or what editors did on the desk."""
    from bot.cli.newsroom import open_newsroom
    from bot.services.editing.export_content import exported, source_history, whole_history

    async with open_newsroom() as (newsroom, _):
        return await exported(newsroom), await (whole_history if whole else source_history)(newsroom)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What an export wrote, YAML or XLSX.")],
    why: Annotated[str, typer.Option(help="What for; kept with every text that changes.")] = "",
    although: Annotated[str, typer.Option(help="The reason to publish in spite of findings that block.")] = "",
) -> None:
    """Publish what a file says: all of it or nothing. An empty database gets its own export back as it was."""
    from bot.cli.import_report import done, refused, warned
    from bot.core.errors import ImportRefused

    try:
        read, imported = asyncio.run(_taken_in(file.read_bytes(), why or file.name, although))
    except ImportRefused as error:
        say(*refused(error), to=err)
        sys.exit(1)
    say(*warned(imported), to=err)
    say(*done(read, imported))


async def _taken_in(data: bytes, why: str, although: str) -> tuple[FileRead, Imported]:
    """What the file says, and what became of it. Raises ImportRefused; then nothing was changed."""
    from bot.cli.newsroom import open_newsroom
    from bot.core.team import Role, Worker
    from bot.gateways.content_out import from_file, is_workbook
    from bot.services.editing.export_content import exported
    from bot.services.editing.import_content import ImportContent

    who = Worker("command line", "", "command line", frozenset({Role.EDITOR}))
    async with open_newsroom() as (newsroom, refresh):
        read = from_file(data, await exported(newsroom))
        restore = not is_workbook(data) and not await newsroom.store.published()
        apply = ImportContent(newsroom, refresh).apply
        return read, await apply(who, read.entries, why, overrides=although, restore=restore, history=read.history)
