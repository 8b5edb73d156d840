"""What a page posts, read and measured before anything else sees it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.channels.webchat.place import read_place
from bot.channels.webchat.upload import Attached, Form, read_form
from bot.channels.webchat.visitor import Visitor
from bot.core.message import File, Incoming, Kind
from bot.services.turns.respond import COMMANDS

MAX_TEXT: Final = 80_000  # bytes: 20,000 characters of any script
MAX_BODY: Final = 768 * 1024  # the text as a form writes it (three bytes for one) and a transcript
_DRAINED: Final = 8 * MAX_BODY  # so much is read of what is too long, so that the browser hears the answer
_MAX_DATA: Final = 200
_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TYPED_COMMAND: Final = re.compile(r"\s*/([a-z]+)\s*")


class Refusal(StrEnum):
    """Why a posted form is no message. The value names the page's word for it."""

    TOO_LONG = "too_long"
    WRONG = "wrong"
    FILE_TOO_BIG = "file_too_big"
    FILE_WRONG = "file_wrong"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Sent:
    """One posted message. `look` asks only for what is still on its way; `draft` was typed but not sent.

    `refused` says that the file in it cannot be taken: then nothing of it is sent.
    """

    kind: Kind
    text: str
    id: str = ""
    transcript: str = ""
    draft: str = ""
    look: bool = False
    attached: Attached | None = None
    refused: Refusal | None = None
    place: tuple[float, float] | None = None

    @property
    def too_often(self) -> Sent:
        """The same, not sent because too much came at once: its words are a draft again."""
        kind = Kind.TEXT if self.attached else self.kind
        return replace(self, kind=kind, attached=None, refused=Refusal.TOO_OFTEN)

    def update_id(self, visitor: Visitor) -> str:
        """The same for the same message sent twice."""
        parts = (visitor.address, self.id, self.kind.value, self.text)
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace"))
        if self.place is not None:
            digest.update(repr(self.place).encode())
        if self.attached is not None:
            digest.update(hashlib.sha256(self.attached.data).digest())
        return digest.hexdigest()[:40]

    def incoming(self, visitor: Visitor, at: datetime, file: File | None = None) -> Incoming:
        """The message as the assistant gets it; `file` is where the attached one is kept."""
        update_id = self.update_id(visitor)
        return Incoming(
            visitor.chat, update_id, self.kind, at, self.text, language_hint=visitor.hint, file=file, place=self.place
        )


def has_files(request: Request) -> bool:
    """May there be a file in this form?"""
    return request.headers.get("content-type", "").startswith("multipart/form-data")


async def read_sent(request: Request, *, files: bool = True) -> Sent | Refusal:
    """The message in a posted form, or why there is none; without `files` a file in it is refused."""
    form = await _read(request, files=files)
    if form is None:
        return Refusal.TOO_LONG
    fields = form.fields
    text = fields.get("text", "")
    if len(text.encode("utf-8", "replace")) > MAX_TEXT:
        return Refusal.TOO_LONG
    if _ID.fullmatch(fields.get("id", "")) is None:
        return Refusal.WRONG
    kind, said = _what(fields)
    place = read_place(fields["place"]) if kind is Kind.LOCATION else None
    if kind is Kind.LOCATION and place is None:
        return Refusal.WRONG
    attached = form.attached if kind is Kind.TEXT else None
    return Sent(
        kind=attached.kind if attached else kind,
        text=said,
        id=fields["id"],
        transcript=fields.get("transcript", ""),
        draft="" if _is_said(fields, kind, said) else text,
        look="look" in fields,
        attached=attached,
        refused=_refused(form) if kind is Kind.TEXT else None,
        place=place,
    )


async def read_fields(request: Request) -> Mapping[str, str] | None:
    """The fields of a posted form, the last of each name; None when there is more than any message needs."""
    body = bytearray()
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
        if total <= MAX_BODY:
            body += chunk
        elif total > _DRAINED:
            break
    if total > MAX_BODY:
        return None
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, separator="&")
    return dict(pairs[:20])


async def _read(request: Request, *, files: bool) -> Form | None:
    if has_files(request):
        return await read_form(request, MAX_BODY, files=files)
    fields = await read_fields(request)
    return None if fields is None else Form(fields)


def _is_said(fields: Mapping[str, str], kind: Kind, said: str) -> bool:
    """Is what was typed the message itself? Else it was only there while a button was tapped."""
    return "look" not in fields and (kind is Kind.TEXT or fields.get("text", "").strip() == f"/{said}")


def _refused(form: Form) -> Refusal | None:
    if form.too_big:
        return Refusal.FILE_TOO_BIG
    if form.left_out:
        return Refusal.TOO_OFTEN
    return Refusal.FILE_WRONG if form.wrong else None


def _what(fields: Mapping[str, str]) -> tuple[Kind, str]:
    if (command := fields.get("command", "")) in COMMANDS:
        return Kind.COMMAND, command
    if "data" in fields:
        return Kind.BUTTON, fields["data"][:_MAX_DATA]
    if "place" in fields:
        return Kind.LOCATION, ""
    if "start" in fields:
        return Kind.START, ""
    text = fields.get("text", "").replace("\r\n", "\n")
    typed = _TYPED_COMMAND.fullmatch(text)
    if typed is not None and typed[1] in COMMANDS:
        return Kind.COMMAND, typed[1]
    return Kind.TEXT, text
