"""What a workbook may be before anything in it is read: bounded in size, rows and tricks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from bot.gateways.content_out.problems import refused

MOST_BYTES: Final = 20_000_000
MOST_ROWS: Final = 20_000
_MOST_UNZIPPED: Final = 60_000_000
_MOST_AROUND: Final = 3_000_000  # of styles and the like, which are read whole
_MOST_FILES: Final = 200
_MOST_CELLS: Final = 400_000
_MOST_TAGS: Final = 1_500_000  # of all parts: what is built of them takes far more room than their bytes
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 256
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ROW_AT: Final = re.compile(rb"<(?:\w+:)?row\s[^>]{0,120}?\br=[\"'](\d+)")
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>/]")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,60}?ref=[\"']([A-Z0-9:]{1,30})[\"']")
_DOCTYPE: Final = b"<!DOCTYPE"
_ZERO: Final = b"\0"  # no text in UTF-8 has it; in another coding nothing above would be seen
_TOO_MUCH: Final = "It unpacks into far more than texts can be. Export a new file and begin from that."
_NOT_XLSX: Final = "This is no XLSX file. Save it in your spreadsheet as “Excel workbook (.xlsx)”."


def guarded(data: bytes) -> dict[str, list[str]]:
    """The merged cells of every sheet's file ("xl/worksheets/sheet2.xml"). Raises ImportRefused."""
    if len(data) > MOST_BYTES:
        raise refused("the file", f"It is larger than {MOST_BYTES // 1_000_000} MB. Send a smaller one.")
    try:
        with ZipFile(BytesIO(data)) as archive:
            _hold_in_bounds(archive.infolist())
            return _look_through(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise refused("the file", _NOT_XLSX) from error


def _hold_in_bounds(files: list[ZipInfo]) -> None:
    names = {file.filename for file in files}
    if "[Content_Types].xml" not in names or len(names) != len(files):
        raise refused("the file", _NOT_XLSX)
    around = [file.file_size for file in files if not is_sheet(file.filename) and "sharedStrings" not in file.filename]
    too_much = sum(file.file_size for file in files) > _MOST_UNZIPPED or sum(around) > _MOST_AROUND
    if too_much or len(files) > _MOST_FILES:
        raise refused("the file", _TOO_MUCH)


def is_sheet(name: str) -> bool:
    """Is this the part of a workbook where its sheets stand?"""
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _look_through(archive: ZipFile) -> dict[str, list[str]]:
    """One pass over the bytes of every part: nothing is built from them yet."""
    merged: dict[str, list[str]] = {}
    rows = cells = tags = 0
    for file in archive.infolist():
        sheet, written = is_sheet(file.filename), file.filename.endswith((".xml", ".rels"))
        for piece, fresh in _pieces(archive, file):
            if written and (_DOCTYPE in piece or _ZERO in piece):
                raise refused("the file", _NOT_XLSX)
            tags += piece.count(b"<", fresh)
            if tags > _MOST_TAGS:
                raise refused("the file", _TOO_MUCH)
            if not sheet:
                continue
            rows += len(_ROW.findall(piece, fresh))
            cells += len(_CELL.findall(piece, fresh))
            last = max((int(at) for at in _ROW_AT.findall(piece)), default=0)
            if rows > MOST_ROWS or last > MOST_ROWS or cells > _MOST_CELLS:
                raise refused("the file", f"It has more than {MOST_ROWS:,} rows. Take out what is no text of ours.")
            merged.setdefault(file.filename, []).extend(at.decode() for at in _MERGED.findall(piece))
    return {name: list(dict.fromkeys(found)) for name, found in merged.items() if found}


def _pieces(archive: ZipFile, file: ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The bytes in pieces that overlap, so that nothing hides on a border; and where the fresh bytes begin."""
    tail = b""
    with archive.open(file) as part:
        while chunk := part.read(_CHUNK):
            yield tail + chunk, max(len(tail) - 8, 0)
            tail = (tail + chunk)[-_OVERLAP:]
