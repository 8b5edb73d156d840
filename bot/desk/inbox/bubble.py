"""One message of a case as it stands on the page: the original, and beside it the same in the other language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.case import Author, Case, Said
from bot.core.message import File
from bot.core.team import Worker

FAILED = "failed"  # what `Said.translator` holds when the service gave nothing


class Origin(StrEnum):
    """Where a text comes from: typed by somebody, made by a computer, or one of our own translations."""

    ORIGINAL = "original"
    MACHINE = "machine"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Cell:
    """One text in one language. `theirs`: it stands in the column of the resident's language."""

    text: str
    language: str
    origin: Origin
    theirs: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message. `who` is a worker's name or "", `service` made its translation, `failed`: it could not."""

    id: int
    author: Author
    who: str
    at: datetime
    cells: tuple[Cell, ...]
    service: str = ""
    failed: bool = False
    file: File | None = None


def bubble_of(said: Said, case: Case, viewer: Worker, name_of: Callable[[str], str]) -> Bubble:
    """A message, the original first."""
    theirs = said.language == case.language
    cells = [Cell(said.text, said.language, Origin.ORIGINAL, theirs)] if said.text else []
    machine = said.translator not in {"", FAILED}
    if said.translation:
        tongue = viewer.language if said.author is Author.RESIDENT else case.language
        origin = Origin.MACHINE if machine else Origin.OURS
        cells.append(Cell(said.translation, tongue, origin, said.author is not Author.RESIDENT))
    return Bubble(
        id=said.id,
        author=said.author,
        who=name_of(said.worker),
        at=said.at,
        cells=tuple(cells),
        service=said.translator if machine else "",
        failed=said.translator == FAILED,
        file=said.file,
    )
