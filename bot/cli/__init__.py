"""The command `buurtvraag`."""

# What a command needs is imported where it runs: `--help` is quick, and only what thinks waits for Rasa.

from __future__ import annotations

import sys
import warnings

import typer

from bot.cli import bench, content, model, questions, server, staff
from bot.cli.screen import err
from bot.core.errors import BuurtvraagError

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
for commands in (server.app, staff.app, model.app, questions.app):
    app.add_typer(commands)
app.add_typer(content.app, name="content")
app.add_typer(bench.app, name="bench")


def main() -> None:
    """Runs a command; what goes wrong is one message for people and exit code 1."""
    warnings.showwarning = lambda *_, **__: None  # of Rasa's libraries about themselves
    try:
        app()
    except BuurtvraagError as error:
        err.print(f"[bold red]{error.__class__.__name__}[/]: {error}", highlight=False)
        sys.exit(1)
