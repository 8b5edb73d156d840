"""`buurtvraag run`, which serves, and `demo`, which gives it made-up people to serve."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.model import trained
from bot.cli.screen import out
from bot.core.errors import SettingsError
from bot.settings import ROOT, read_settings

app = typer.Typer()


@app.command()
def run(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8080,
) -> None:
    """Start the assistant: the browser chat, and Telegram when TELEGRAM_TOKEN is set."""
    settings = read_settings()
    from bot import log
    from bot.app.serving import listen, serve
    from bot.app.texts import content_for
    from bot.gateways.rasa.swapping import SwappingDialogue

    log.configure(settings.log_level)
    content = content_for(settings)
    listener = listen(host, port)
    dialogue = SwappingDialogue(trained())
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
    asyncio.run(serve(settings, content, dialogue, listener))


@app.command()
def demo() -> None:
    """Make a demo neighbourhood in an empty database: teams, places, people and cases. Not with TELEGRAM_TOKEN set."""
    settings = read_settings()
    if not settings.demo:
        raise SettingsError(
            "TELEGRAM_TOKEN is set: residents would write to people who do not exist. "
            "Leave it out, or set DATA_DIR to another folder and try again without it."
        )
    from bot.app.now import now
    from bot.gateways.demo_files import read_demo
    from bot.services.cases.demo_neighbourhood import make_demo
    from bot.settings import secret_keys
    from bot.store.opened import opened

    async def make() -> bool:
        async with opened(settings.database, secret_keys(settings)) as store:
            return (await make_demo(store, now, read_demo(ROOT / "responses" / "demo"))).made

    if asyncio.run(make()):
        out.print("There is a demo neighbourhood now. Start it with: buurtvraag run", highlight=False)
    else:
        out.print("There are teams or workers already: nothing was changed.", highlight=False)
