from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from bot.gateways.rasa.dialogue import RasaDialogue
from bot.gateways.rasa.progress import fingerprinted_model, train_with_progress

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present examples, trained if there is none."""
    path = fingerprinted_model(ROOT)
    return path if path.is_file() else train_with_progress(ROOT, Console(stderr=True))


@pytest.fixture(scope="session")
def dialogue(model: Path) -> RasaDialogue:
    return RasaDialogue(model)
