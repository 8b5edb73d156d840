from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.content import Content
from tests.desk.hall import Hall, open_hall


@pytest.fixture
async def hall(tmp_path: Path, content: Content) -> AsyncIterator[Hall]:
    """The desk on a real SQLite file."""
    hall = await open_hall(tmp_path, content, public_url="http://desk", bot_name=lambda: "buurt_bot")
    teaching = hall.desk.teaching
    yield hall
    await teaching.stop()
    await hall.store.close()
