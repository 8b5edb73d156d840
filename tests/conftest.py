"""What several rooms of tests share: the real texts, the real patterns, the real model."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from rich.console import Console

from bot.core.content import Content
from bot.core.triage import Triage
from bot.gateways.content_files import load_content
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.gateways.rasa.progress import fingerprinted_model, train_with_progress

ROOT = Path(__file__).parent.parent

# The same made-up values every time, however slow the machine: a red run can be repeated. To look for new ones:
# pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=2000)
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def content() -> Content:
    """The real texts."""
    return load_content(ROOT / "responses")


@pytest.fixture(scope="session")
def triage(content: Content) -> Triage:
    """The real patterns."""
    return Triage(content.patterns)


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present examples, trained if there is none."""
    path = fingerprinted_model(ROOT)
    path.parent.mkdir(exist_ok=True)
    with FileLock(path.parent / "tests.lock"):  # tests run in several processes: one of them trains
        return path if path.is_file() else train_with_progress(ROOT, Console(stderr=True))


@pytest.fixture(scope="session")
def dialogue(model: Path) -> RasaDialogue:
    """The embedded Rasa agent."""
    return RasaDialogue(model)
