"""The model of the project's files: trained when somebody asks, or when there is none yet."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli.screen import err, out
from bot.settings import ROOT

app = typer.Typer()


@app.command()
def train() -> None:
    """Learn from nlu/ and write a model to models/."""
    from bot.gateways.rasa.progress import train_with_progress

    model = train_with_progress(ROOT, err)
    out.print(f"Trained: {model.relative_to(ROOT)}", highlight=False)


def trained() -> Path:
    """The model of the present examples; trained first where there is none."""
    from bot.gateways.rasa.progress import fingerprinted_model, train_with_progress

    model = fingerprinted_model(ROOT)
    if not model.is_file():
        err.print("There is no model of these examples yet: training, about a minute.")
        model = train_with_progress(ROOT, err)
    return model
