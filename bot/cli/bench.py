"""`buurtvraag bench`: how fast and how good it is, measured on this machine."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.model import trained
from bot.cli.screen import Json, show
from bot.settings import ROOT

app = typer.Typer(no_args_is_help=True, help="How fast and how good it is.")


@app.command()
def nlu(
    train_file: Annotated[list[Path], typer.Option("--train", exists=True, help="text,intent or sentence,label")],
    test_file: Annotated[Path, typer.Option("--test", exists=True, help="the same columns")],
    as_json: Json = False,
) -> None:
    """Train the pipeline of config.yml on other questions, and test it."""
    from bot.bench.nlu import bench

    show(bench(ROOT, train_file, test_file), as_json=as_json)


@app.command()
def turns(as_json: Json = False) -> None:
    """Whole turns, through channel, Rasa, store and outbox, against a local stand-in for Telegram."""
    from bot.bench.turns import bench

    show(asyncio.run(bench(trained())), as_json=as_json)


@app.command()
def cases(as_json: Json = False) -> None:
    """From a resident's consent to the worker's card, and a hundred cases taken at once by ten workers."""
    from bot.bench.cases import bench

    show(asyncio.run(bench(trained())), as_json=as_json)


@app.command()
def content(as_json: Json = False) -> None:
    """From an editor's Publish and Train to what residents get: milliseconds and seconds."""
    from bot import log
    from bot.bench.content import bench

    log.configure("ERROR")
    show(asyncio.run(bench(trained())), as_json=as_json)


@app.command()
def grid(as_json: Json = False) -> None:
    """The overview of the desk's content room with 120 topics in 14 languages, rendered on the server."""
    from bot.bench.grid import bench

    show(asyncio.run(bench()), as_json=as_json)
