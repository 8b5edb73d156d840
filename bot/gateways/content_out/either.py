"""A file of content of either form, told apart by what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from bot.core.entry import Body, Ref
from bot.core.errors import ContentError
from bot.core.file_read import FileRead
from bot.core.source_change import History
from bot.gateways.content_out.xlsx_in import read_xlsx
from bot.gateways.content_out.xlsx_out import to_xlsx
from bot.gateways.content_out.yaml_in import read_yaml
from bot.gateways.content_out.yaml_out import NO_HISTORY, to_yaml

_SPREADSHEETS: Final = (b"PK", b"\xd0\xcf\x11\xe0")  # the second of Excel before 2007, or with a password


def from_file(data: bytes, known: Mapping[Ref, Body | None], only: str = "") -> FileRead:
    """What a workbook or a YAML document holds; with `only` a workbook for one language. Raises ImportRefused."""
    if is_workbook(data) or only:
        return read_xlsx(data, known, only)
    return read_yaml(data)


def is_workbook(data: bytes) -> bool:
    """A workbook, also one that cannot be read, and not a YAML document?"""
    return data.startswith(_SPREADSHEETS)


def to_file(name: str, entries: Mapping[Ref, Body | None], history: History = NO_HISTORY) -> bytes:
    """The form that the ending of a name asks for; `history` has no place in a workbook.

    Raises ContentError for an ending that is neither.
    """
    match PurePath(name).suffix.lower():
        case ".xlsx":
            return to_xlsx(entries)
        case ".yml" | ".yaml":
            return to_yaml(entries, history)
        case ending:
            raise ContentError(name, f"a file ending in “{ending}” cannot be written; use .yml or .xlsx")
