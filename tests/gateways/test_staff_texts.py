"""The texts of the staff: the same keys and placeholders in both languages, or the file is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.core.content import Content
from bot.core.errors import ContentError
from bot.core.staff_words import StaffWords
from bot.gateways.content_files import load_content
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "responses", tmp_path / "responses"))


def test_a_worker_reads_their_own_language_and_else_dutch(content: Content) -> None:
    words = StaffWords(content)
    assert words("taken_by", "en", number="#ABC", name="Joost") == "#ABC was taken by Joost."
    assert words("taken_by", "tr", number="#ABC", name="Joost") == "#ABC is opgepakt door Joost."


@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_text_that_one_language_lacks_is_named(folder: Path, code: str) -> None:
    path = folder / "staff" / f"{code}.yml"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if "  taken_by:" not in line))
    with pytest.raises(ContentError, match="taken_by") as wrong:
        load_content(folder)
    assert wrong.value.where.startswith("staff/en.yml:")


def test_a_text_with_another_placeholder_is_named_with_its_line(folder: Path) -> None:
    path = folder / "staff" / "en.yml"
    path.write_text(path.read_text().replace("{number} was taken by {name}.", "{number} was taken."))
    with pytest.raises(ContentError, match="taken_by has other placeholders") as wrong:
        load_content(folder)
    line = int(wrong.value.where.rpartition(":")[2])
    assert "taken_by" in path.read_text().splitlines()[line - 1]
