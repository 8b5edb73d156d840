"""docs/privacy.md tells of every column, and of no other; what it says of time is what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store.clean_up import ASKED, CASES, LOGS, SENT, TRACES
from bot.store.tables import metadata

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
COLUMNS = sorted((table.name, column.name) for table in metadata.sorted_tables for column in table.columns)


def entries() -> list[list[str]]:
    rows = [line.strip("| ").split("|") for line in PAGE.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_every_column_has_one_entry_and_every_entry_its_column() -> None:
    assert sorted((row[0], row[1]) for row in entries()) == COLUMNS


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: ".".join(entry[:2]))
def test_an_entry_says_what_why_and_how_long(entry: list[str]) -> None:
    assert len(entry) == 5
    assert all(len(cell) > 3 for cell in entry[2:])


def test_the_times_on_the_page_are_those_of_the_program() -> None:
    assert f"`KEEP_DAYS` is {Settings.model_fields['keep_days'].default} unless" in PAGE
    assert f"{TRACES.days} days after the message was received" in PAGE
    assert f"{SENT.days} days after it was sent" in PAGE
    assert f"{CASES.days // 30} months after it ended" in PAGE
    assert f"{LOGS.days // 30} months" in PAGE
    assert f"{ASKED.days} days after it was asked" in PAGE
    assert Settings.model_fields["keep_days"].default == 30


@pytest.mark.parametrize(
    "word",
    ["Controller", "Explicit consent", "article 9", "Recipients", "Under 16", "/mydata", "cannot reach"],
)
def test_the_page_tells_what_the_law_asks(word: str) -> None:
    assert word in PAGE
