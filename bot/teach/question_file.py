"""A file of test questions: CSV with the columns text, language and topic, or text, language and flag."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.core.errors import BuurtvraagError
from bot.services.evaluate import FlagQuestion, Question

QUESTION: Final = ("text", "language", "topic")  # and perhaps also_ok: keys with | between them
FLAG: Final = ("text", "language", "flag")  # `none` is no danger


def has(file: Path, columns: tuple[str, ...]) -> bool:
    """Whether the first line of a file names these columns."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return set(columns) <= set(csv.DictReader(handle).fieldnames or [])


def read_questions(file: Path) -> list[Question]:
    """The questions of a file. Raises BuurtvraagError, with the line, for a column or a cell that is missing."""
    return [
        Question(row["text"], row["language"], row["topic"], _keys(row.get("also_ok"))) for row in _rows(file, QUESTION)
    ]


def read_flag_questions(file: Path) -> list[FlagQuestion]:
    """The messages of a red-flag file. Raises BuurtvraagError as above."""
    return [
        FlagQuestion(row["text"], row["language"], "" if row["flag"] == "none" else row["flag"])
        for row in _rows(file, FLAG)
    ]


def _keys(cell: str | None) -> frozenset[str]:
    return frozenset(filter(None, (cell or "").split("|")))


def _rows(file: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [name for name in needed if name not in (reader.fieldnames or [])]
        if missing:
            raise BuurtvraagError(
                f"{file}: the first line must name the columns {', '.join(needed)}; {', '.join(missing)} is missing."
            )
        for number, row in enumerate(reader, 2):
            if any(row.get(name) is None for name in needed):
                raise BuurtvraagError(f"{file}:{number}: this row has fewer columns than the first line.")
            yield row
