"""What was read from a file of content: its entries, what it leaves out, and how Dutch answers changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.entry import Body, Ref
from bot.core.source_change import History


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
    """The entries, None for one that was removed.

    What is missing, sheet by sheet, only a workbook has; `history`, how Dutch answers changed, only a YAML document.
    """

    entries: Mapping[Ref, Body | None]
    missing: tuple[Missing, ...] = ()
    history: History = field(default_factory=dict)
