"""What was read from a file of content: its entries, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.entry import Body, Ref


@dataclass(frozen=True, slots=True)
class Missing:
    """What an export of now has in one sheet and the workbook has not; nothing of it is removed.

    `rows` are gone, `cells` are empty in rows that are there, `columns` are gone from their heading down.
    """

    sheet: str
    rows: int = 0
    cells: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRead:
    """The entries, None for one that was removed; and what is missing, sheet by sheet: only a workbook has it."""

    entries: Mapping[Ref, Body | None]
    missing: tuple[Missing, ...] = ()
