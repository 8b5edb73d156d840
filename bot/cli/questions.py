"""`buurtvraag ask` and `evaluate`: questions, as a new resident would ask them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.model import trained
from bot.cli.screen import Json, out, show
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.services.turns.respond import Respond
    from bot.services.turns.turn import Turn

app = typer.Typer()


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
    from bot.teach.question_file import read_flag_questions, read_questions

    if red_flags:
        flags = read_flag_questions(file)
        show(asyncio.run(evaluation.evaluate_flags(_respond(), flags)), as_json=as_json)
    else:
        questions = read_questions(file)
        show(asyncio.run(evaluation.evaluate(_respond(), questions)), as_json=as_json)


def _respond() -> Respond:
    """What answers, without database or channel; texts are looked at as in the demonstration."""
    from bot import log
    from bot.app.assistant import responder
    from bot.app.texts import content_of
    from bot.core.served import Served
    from bot.gateways.rasa.dialogue import RasaDialogue

    settings = read_settings()
    log.configure("ERROR")
    return responder(settings, Served(content_of()), RasaDialogue(trained()))


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
