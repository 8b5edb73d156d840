from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.content import Content
from bot.core.triage import Triage
from bot.gateways.content_files import load_content

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def content() -> Content:
    """The real texts."""
    return load_content(ROOT / "responses")


@pytest.fixture(scope="session")
def triage(content: Content) -> Triage:
    """The real patterns."""
    return Triage(content.patterns)
