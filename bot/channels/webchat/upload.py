"""A posted form with a file in it: held in memory alone, for a temporary file on the disk would not be sealed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.core.message import Kind
from bot.services.files import MAX_FILE
from bot.services.turns.media import kind_of

_MOST_FIELDS: Final = 20
_READ_ON: Final = 5 * MAX_FILE  # so much is read of what is too big, so that the browser hears the answer


@dataclass(frozen=True, slots=True)
class Attached:
    """What a resident chose to send along: a photo, a recording or a film."""

    data: bytes
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form and the file in it. `too_big`, `wrong`, `left_out`: there was one that is not taken."""

    fields: Mapping[str, str]
    attached: Attached | None = None
    too_big: bool = False
    wrong: bool = False
    left_out: bool = False


class _InMemory(MultiPartParser):
    """Reads a form without ever writing to a disk; of a file that is too big it keeps only the beginning."""

    spool_max_size = MAX_FILE + 1
    most = MAX_FILE
    too_big = False
    _taken = 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """One more piece of a field or of the file."""
        if self._current_part.file is not None:
            self._taken += end - start
            if self._taken > self.most:
                self.too_big = True
                return
        super().on_part_data(data, start, end)


async def read_form(request: Request, longest_field: int, *, files: bool = True) -> Form | None:
    """The form, without `files` only its fields; None when it is none, or far more than any message needs."""
    parser = _InMemory(
        request.headers, _limited(request), max_files=1, max_fields=_MOST_FIELDS, max_part_size=longest_field
    )
    parser.most = MAX_FILE if files else 0
    try:
        form = await parser.parse()
    except MultiPartException:
        return None
    try:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        file = next((value for value in form.values() if isinstance(value, UploadFile)), None)
        if not files:
            return Form(fields, left_out=parser.too_big)
        return await _with_file(fields, file, too_big=parser.too_big)
    finally:
        await form.close()


async def _with_file(fields: Mapping[str, str], file: UploadFile | None, *, too_big: bool) -> Form:
    data = await file.read() if file is not None else b""
    if file is None or too_big or not data:  # a browser sends an empty file when none was chosen
        return Form(fields, too_big=too_big)
    kind = kind_of(data, file.content_type or "")
    attached = Attached(data, kind, file.filename or "") if kind else None
    return Form(fields, attached, wrong=kind is None)


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
        if total > _READ_ON:
            raise MultiPartException("far too long")
        yield chunk
