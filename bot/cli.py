"""The command `buurtvraag`."""

from __future__ import annotations

import asyncio
import csv
import json
import sys
import warnings
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.core.errors import BuurtvraagError, SettingsError
from bot.settings import ROOT, Settings, read_settings

if TYPE_CHECKING:
    from bot.core.entry import Body, Ref
    from bot.core.file_read import FileRead, Missing
    from bot.core.source_change import SourceChange
    from bot.services.editing.newsroom import Newsroom
    from bot.services.editing.refresh import Refresh
    from bot.services.turns.respond import Respond
from bot.services.turns.turn import Turn

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
content_app = typer.Typer(no_args_is_help=True, help="What the assistant says.")
bench_app = typer.Typer(no_args_is_help=True, help="How fast and how good it is.")
app.add_typer(content_app, name="content")
app.add_typer(bench_app, name="bench")
out = Console()
err = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Runs a command; what goes wrong is one message for people and exit code 1."""
    warnings.showwarning = lambda *_, **__: None  # of Rasa's libraries about themselves
    try:
        app()
    except BuurtvraagError as error:
        err.print(f"[bold red]{error.__class__.__name__}[/]: {error}", highlight=False)
        sys.exit(1)


@app.command()
def run(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8080,
) -> None:
    """Start the assistant: the browser chat, and Telegram when TELEGRAM_TOKEN is set."""
    settings = read_settings()
    from bot import app as wiring
    from bot import log
    from bot.gateways.rasa.swapping import SwappingDialogue

    log.configure(settings.log_level)
    content = wiring.content_for(settings)
    listener = wiring.listen(host, port)
    dialogue = SwappingDialogue(_trained())
    where = str(settings.data_dir) if not settings.database_url else "DATABASE_URL"
    for line in (
        f"Buurtvraag is open at http://{host}:{port}/ (stop it with Ctrl-C)",
        f"The desk of social workers and editors: http://{host}:{port}/desk",
        f"Data and keys: {where}",
        "Telegram: on" if not settings.demo else "Telegram: off (set TELEGRAM_TOKEN, see README.md)",
        "Texts that no health professional has read are said, each with a line that tells so."
        if settings.says_unreviewed
        else "Only texts that a health professional has read are said.",
    ):
        out.print(line, highlight=False, soft_wrap=True)
    asyncio.run(wiring.serve(settings, content, dialogue, listener))


@app.command()
def demo() -> None:
    """Make a demo neighbourhood in an empty database: teams, places, people and cases. Not with TELEGRAM_TOKEN set."""
    from bot import app as wiring
    from bot.gateways.demo_files import read_demo
    from bot.services.cases.demo_neighbourhood import make_demo
    from bot.settings import secret_keys
    from bot.store.engine import migrate, open_engine
    from bot.store.store import SqlStore
    from bot.store.vault import Vault

    settings = read_settings()
    if not settings.demo:
        raise SettingsError(
            "TELEGRAM_TOKEN is set: residents would write to people who do not exist. "
            "Leave it out, or set DATA_DIR to another folder and try again without it."
        )

    async def make() -> bool:
        engine = open_engine(settings.database)
        store = SqlStore(engine, Vault(secret_keys(settings)))
        try:
            await migrate(engine)
            return (await make_demo(store, wiring.now, read_demo(ROOT / "responses" / "demo"))).made
        finally:
            await store.close()

    if asyncio.run(make()):
        out.print("There is a demo neighbourhood now. Start it with: buurtvraag run", highlight=False)
    else:
        out.print("There are teams or workers already: nothing was changed.", highlight=False)


@app.command()
def coordinator(
    name: Annotated[str, typer.Argument(help="Their first name, as residents will read it.")],
    email: Annotated[str, typer.Argument(help="The address they log in with.")],
    team: Annotated[str, typer.Option(help="The name of their team; made when there is none.")] = "Buurtteam",
) -> None:
    """Invite the first coordinator: prints a link, good for two days and one use. They invite the others."""
    from bot import app as wiring

    out.print(
        asyncio.run(wiring.invite_coordinator(read_settings(), name, email, team)), highlight=False, soft_wrap=True
    )


@app.command()
def editor(
    name: Annotated[str, typer.Argument(help="Their first name, as colleagues will read it.")],
    email: Annotated[str, typer.Argument(help="The address they log in with.")],
    field: Annotated[
        list[str] | None, typer.Option(help="medical or language: what they may call reviewed. May be given twice.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="A language they read well: nl, fy, en, ar, tr.")] = None,
) -> None:
    """Invite an editor, or with --field a reviewer: prints a link, good for two days and one use. Again: a new link."""
    from bot import app as wiring
    from bot.core.revision import Field

    wrong = set(field or ()) - set(Field)
    if wrong:
        raise SettingsError(f"--field is medical or language, not {', '.join(sorted(wrong))}.")
    fields = [Field(one) for one in field or ()]
    link = asyncio.run(wiring.invite_editor(read_settings(), name, email, fields, language or ["nl"]))
    out.print(link, highlight=False, soft_wrap=True)


@app.command("editor-left")
def editor_left(email: Annotated[str, typer.Argument(help="The address they log in with.")]) -> None:
    """Close an editor's account; what they wrote stays."""
    from bot import app as wiring

    out.print(f"{asyncio.run(wiring.editor_left(read_settings(), email))} can log in no more.", highlight=False)


@app.command()
def train() -> None:
    """Learn from nlu/ and write a model to models/."""
    from bot.gateways.rasa.progress import train_with_progress

    model = train_with_progress(ROOT, err)
    out.print(f"Trained: {model.relative_to(ROOT)}", highlight=False)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What a resident types.")],
    language: Annotated[str, typer.Option(help="A language chosen before: nl, fy, en, ar, tr.")] = "",
    as_json: Json = False,
) -> None:
    """Ask one question as a new resident would."""
    from bot.services.evaluate import ask as ask_once

    respond = _respond()
    turn = asyncio.run(ask_once(respond, text, language))
    if as_json:
        print(json.dumps(_turn_as_json(turn, respond), ensure_ascii=False))
        return
    for message in turn.outgoing:
        out.print(message.text, highlight=False)
        for row in message.buttons:
            out.print("  " + "  ".join(f"[{button.label}]" for button in row), markup=False)
        for note in message.notes:
            out.print(note, style="dim", highlight=False)
        out.print()


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="text,language,topic,also_ok")],
    red_flags: Annotated[bool, typer.Option("--red-flags", help="The file has text,language,flag.")] = False,
    as_json: Json = False,
) -> None:
    """Measure how well questions, or red flags, are understood."""
    from bot.services import evaluate as evaluation

    respond = _respond()
    needed = ("text", "language", "flag") if red_flags else ("text", "language", "topic")
    rows = list(_rows(file, needed))
    if red_flags:
        flags = [
            evaluation.FlagQuestion(r["text"], r["language"], "" if r["flag"] == "none" else r["flag"]) for r in rows
        ]
        result: Any = asyncio.run(evaluation.evaluate_flags(respond, flags))
    else:
        questions = [
            evaluation.Question(
                r["text"],
                r["language"],
                r["topic"],
                frozenset(filter(None, (r.get("also_ok") or "").split("|"))),
            )
            for r in rows
        ]
        result = asyncio.run(evaluation.evaluate(respond, questions))
    _print(asdict(result), as_json=as_json)


@bench_app.command("nlu")
def bench_nlu(
    train_file: Annotated[list[Path], typer.Option("--train", exists=True, help="text,intent or sentence,label")],
    test_file: Annotated[Path, typer.Option("--test", exists=True, help="the same columns")],
    as_json: Json = False,
) -> None:
    """Train the pipeline of config.yml on other questions, and test it."""
    from bot.bench.nlu import bench

    _print(asdict(bench(ROOT, train_file, test_file)), as_json=as_json)


@bench_app.command("turns")
def bench_turns(as_json: Json = False) -> None:
    """Whole turns, through channel, Rasa, store and outbox, against a local stand-in for Telegram."""
    from bot.bench.turns import bench

    _print(asdict(asyncio.run(bench(_trained()))), as_json=as_json)


@bench_app.command("cases")
def bench_cases(as_json: Json = False) -> None:
    """From a resident's consent to the worker's card, and a hundred cases taken at once by ten workers."""
    from bot.bench.cases import bench

    _print(asdict(asyncio.run(bench(_trained()))), as_json=as_json)


@bench_app.command("content")
def bench_content(as_json: Json = False) -> None:
    """From an editor's Publish and Train to what residents get: milliseconds and seconds."""
    from bot import log
    from bot.bench.content import bench

    log.configure("ERROR")
    _print(asdict(asyncio.run(bench(_trained()))), as_json=as_json)


@bench_app.command("grid")
def bench_grid(as_json: Json = False) -> None:
    """The overview of the desk's content room with 120 topics in 14 languages, rendered on the server."""
    from bot.bench.grid import bench

    _print(asdict(asyncio.run(bench())), as_json=as_json)


@content_app.command("check")
def content_check(as_json: Json = False) -> None:
    """Hold every text to the rules of docs/content.md. Exit code 1 when something blocks."""
    from bot.app import content_of
    from bot.gateways.words import Words
    from bot.services.checking.check_content import check, scores

    content, words = content_of(), Words()
    findings = check(content, words)
    blocking = [finding for finding in findings if finding.severity == "block"]
    if as_json:
        report = {"blocking": len(blocking), "findings": [asdict(f) for f in findings]}
        print(json.dumps(report | {"scores": [asdict(s) for s in scores(content, words)]}, ensure_ascii=False))
    else:
        for finding in blocking:
            out.print(
                f"{finding.where} {finding.key}: {finding.text} {finding.suggestion}",
                markup=False,
                highlight=False,
            )
        out.print(f"{len(blocking)} findings block, {len(findings) - len(blocking)} are advice (--json shows them).")
    if blocking:
        sys.exit(1)


@content_app.command("stamp")
def content_stamp() -> None:
    """Note in every translation which Dutch text it was made from; run it after translating."""
    from bot.app import content_of
    from bot.gateways.content_stamp import stamp

    out.print(f"{stamp(ROOT / 'responses', content_of())} lines changed.")


@content_app.command("export")
def content_export(
    to: Annotated[Path | None, typer.Option(help="A file to write all content to: .yml or .xlsx.")] = None,
) -> None:
    """Write what editors published back into responses/ and nlu/ for git; with --to, all content into one file."""
    from bot.gateways.content_out import to_file, write_back
    from bot.services.editing.export_content import exported, source_history

    async def read() -> tuple[Mapping[Ref, Body | None], Mapping[str, Sequence[SourceChange]]]:
        async with _newsroom() as (newsroom, _):
            return await exported(newsroom), await source_history(newsroom)

    entries, changes = asyncio.run(read())
    if to is not None:
        to.write_bytes(to_file(to.name, entries))
        out.print(f"{to}: {len(entries)} entries.", markup=False, highlight=False, soft_wrap=True)
        return
    changed = [str(path.relative_to(ROOT)) for path in write_back(ROOT, entries, changes)]
    if not changed:
        out.print("The files say already what editors published: nothing was changed.")
        return
    commit = f"git add {' '.join(changed)} && git commit -m 'Texts that editors published'"
    for line in (*changed, f"{len(changed)} files changed. Look at them, and keep them:", commit):
        out.print(line, markup=False, highlight=False, soft_wrap=True)


@content_app.command("import")
def content_import(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What an export wrote, YAML or XLSX.")],
    why: Annotated[str, typer.Option(help="What for; kept with every text that changes.")] = "",
    although: Annotated[str, typer.Option(help="The reason to publish in spite of findings that block.")] = "",
) -> None:
    """Publish what a file says: all of it or nothing. An empty database gets its own export back as it was."""
    from bot.core.errors import ImportRefused
    from bot.core.team import Role, Worker
    from bot.gateways.content_out import from_file, is_workbook
    from bot.services.editing.export_content import exported
    from bot.services.editing.import_content import ImportContent, Imported

    async def take_in(data: bytes) -> tuple[FileRead, Imported]:
        async with _newsroom() as (newsroom, refresh):
            read = from_file(data, await exported(newsroom))
            restore = not is_workbook(data) and not await newsroom.store.published()
            who = Worker("command line", "", "command line", frozenset({Role.EDITOR}))
            apply = ImportContent(newsroom, refresh).apply
            return read, await apply(who, read.entries, why or file.name, overrides=although, restore=restore)

    try:
        read, done = asyncio.run(take_in(file.read_bytes()))
    except ImportRefused as refused:
        for place, sentence in refused.problems:
            err.print(f"{place}: {sentence}", markup=False, highlight=False, soft_wrap=True)
        err.print(f"Nothing was changed: {len(refused.problems)} problems.")
        sys.exit(1)
    for finding in done.findings:
        err.print(f"{finding.key} {finding.language}: {finding.text}.", markup=False, highlight=False, soft_wrap=True)
    for word, changes in (("published", done.published), ("draft, for a second person", done.drafts)):
        for change in changes:
            ref = " ".join(filter(None, (change.ref.kind, change.ref.key, change.ref.language)))
            gone = " (taken away)" if change.after is None else ""
            out.print(f"{word}: {ref}{gone}", markup=False, highlight=False, soft_wrap=True)
    out.print(f"{len(done.published)} published, {len(done.drafts)} drafts, {done.readings} readings.")
    for line in (*_missing_told(read.missing), *_second_looks_told(len(done.drafts))):
        out.print(line, markup=False, highlight=False, soft_wrap=True)


def _missing_told(missing: Sequence[Missing]) -> Iterator[str]:
    """What the workbook lacks, and that nothing of it was removed."""
    for one in missing:
        columns = f", without the columns {', '.join(one.columns)}" if one.columns else ""
        yield f"sheet {one.sheet}: {one.rows} rows are missing, {one.cells} cells were emptied{columns}. It all stays."


def _second_looks_told(number: int) -> Iterator[str]:
    """Where drafts wait, and what is said until then."""
    if number:
        yield f"{number} wait for a second person: they stand at the desk under Content, Drafts, “In review”"
        yield "(/desk/content/drafts). Until they are published there, the assistant says what it said before."


@asynccontextmanager
async def _newsroom() -> AsyncIterator[tuple[Newsroom, Refresh]]:
    """The database as it is served, without channel or model."""
    import secrets
    from datetime import UTC, datetime

    from bot import log
    from bot.core.served import Served
    from bot.gateways.content_files import load_content
    from bot.gateways.words import Words
    from bot.services.editing.newsroom import Newsroom
    from bot.services.editing.refresh import Refresh
    from bot.settings import secret_keys
    from bot.store.engine import migrate, open_engine
    from bot.store.store import SqlStore
    from bot.store.vault import Vault

    settings = read_settings()
    log.configure("ERROR")
    engine, base = open_engine(settings.database), load_content(ROOT / "responses")

    def now() -> datetime:
        return datetime.now(UTC)

    store = SqlStore(engine, Vault(secret_keys(settings)))
    try:
        await migrate(engine)
        served = Served(base)
        newsroom = Newsroom(store, now, served, base, Words(), secrets.token_urlsafe, settings.four_eyes)
        refresh = Refresh(newsroom)
        await refresh()
        yield newsroom, refresh
    finally:
        await store.close()


def _trained() -> Path:
    """The model of the present examples; trained first where there is none."""
    from bot.gateways.rasa.progress import fingerprinted_model, train_with_progress

    model = fingerprinted_model(ROOT)
    if not model.is_file():
        err.print("There is no model of these examples yet: training, about a minute.")
        model = train_with_progress(ROOT, err)
    return model


def _respond(settings: Settings | None = None) -> Respond:
    """What answers, without database or channel; `ask` and `evaluate` look at texts as in the demonstration."""
    from bot import log
    from bot.app import content_of, responder
    from bot.core.served import Served
    from bot.gateways.rasa.dialogue import RasaDialogue

    settings = settings or read_settings()
    log.configure("ERROR")
    return responder(settings, Served(content_of()), RasaDialogue(_trained()))


def _turn_as_json(turn: Turn, respond: Respond) -> dict[str, Any]:
    keys = [said.removeprefix("utter_") for said in turn.said]
    known = set(respond.voice.content.topics) | set(respond.voice.content.meta)
    topic = next((key for key in keys if key in known), None)
    ranking = turn.understanding.ranking
    return {
        "language": turn.language,
        "topic": topic,
        "confidence": next((g.confidence for g in ranking if g.key == topic), 0.0),
        "alternatives": [{"topic": g.key, "confidence": g.confidence} for g in ranking if g.key != topic][:5],
        "offered": list(turn.offered),
        "red_flag": turn.flag,
        "messages": [asdict(message) for message in turn.outgoing],
    }


def _rows(file: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [name for name in needed if name not in (reader.fieldnames or [])]
        if missing:
            raise BuurtvraagError(
                f"{file}: the first line must name the columns {', '.join(needed)}; {', '.join(missing)} is missing."
            )
        for number, row in enumerate(reader, 2):
            if any(row.get(name) is None for name in needed):
                raise BuurtvraagError(f"{file}:{number}: this row has fewer columns than the first line.")
            yield row


def _print(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))
        return
    table = Table("figure", "value", show_header=False)
    for name, value in result.items():
        if isinstance(value, list):
            table.add_row(name, f"{len(value)}: " + "; ".join(json.dumps(v, ensure_ascii=False) for v in value[:20]))
        else:
            table.add_row(name, json.dumps(value, ensure_ascii=False, default=str))
    out.print(table, markup=False)
