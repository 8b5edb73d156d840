"""`buurtvraag coordinator`, `editor` and `editor-left`: who may work on the desk."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.screen import out
from bot.core.errors import SettingsError
from bot.settings import read_settings

app = typer.Typer()

Email = Annotated[str, typer.Argument(help="The address they log in with.")]


@app.command()
def coordinator(
    name: Annotated[str, typer.Argument(help="Their first name, as residents will read it.")],
    email: Email,
    team: Annotated[str, typer.Option(help="The name of their team; made when there is none.")] = "Buurtteam",
) -> None:
    """Invite the first coordinator: prints a link, good for two days and one use. They invite the others."""
    from bot.app.invite import invite_coordinator

    link = asyncio.run(invite_coordinator(read_settings(), name, email, team))
    out.print(link, highlight=False, soft_wrap=True)


@app.command()
def editor(
    name: Annotated[str, typer.Argument(help="Their first name, as colleagues will read it.")],
    email: Email,
    field: Annotated[
        list[str] | None, typer.Option(help="medical or language: what they may call reviewed. May be given twice.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="A language they read well: nl, fy, en, ar, tr.")] = None,
) -> None:
    """Invite an editor, or with --field a reviewer: prints a link, good for two days and one use. Again: a new link."""
    from bot.app.invite import invite_editor
    from bot.core.revision import Field

    wrong = set(field or ()) - set(Field)
    if wrong:
        raise SettingsError(f"--field is medical or language, not {', '.join(sorted(wrong))}.")
    fields = [Field(one) for one in field or ()]
    link = asyncio.run(invite_editor(read_settings(), name, email, fields, language or ["nl"]))
    out.print(link, highlight=False, soft_wrap=True)


@app.command("editor-left")
def editor_left(email: Email) -> None:
    """Close an editor's account; what they wrote stays."""
    from bot.app.invite import editor_left

    out.print(f"{asyncio.run(editor_left(read_settings(), email))} can log in no more.", highlight=False)
