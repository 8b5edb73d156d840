"""What a page posts, read and measured before anything else sees it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.channels.webchat.visitor import Visitor
from bot.core.message import Incoming, Kind
from bot.services.respond import COMMANDS

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


@dataclass(frozen=True, slots=True)
class Sent:
    """One posted message. `look` asks only for what is still on its way; `draft` was typed but not sent."""

    kind: Kind
    text: str
    id: str = ""
    transcript: str = ""
    draft: str = ""
    look: bool = False

    def incoming(self, visitor: Visitor, at: datetime) -> Incoming:
        """The message as the assistant gets it: the same one sent twice has one update id."""
        parts = (visitor.address, self.id, self.kind.value, self.text)
        update_id = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
        return Incoming(visitor.chat, update_id, self.kind, at, self.text, language_hint=visitor.hint)


async def read_sent(request: Request) -> Sent | Refusal:
    """The message in a posted form, or why there is none."""
    fields = await read_fields(request)
    if fields is None:
        return Refusal.TOO_LONG
    text = fields.get("text", "")
    if len(text.encode("utf-8", "replace")) > MAX_TEXT:
        return Refusal.TOO_LONG
    if _ID.fullmatch(fields.get("id", "")) is None:
        return Refusal.WRONG
    kind, said = _what(fields)
    return Sent(
        kind=kind,
        text=said,
        id=fields["id"],
        transcript=fields.get("transcript", ""),
        draft="" if kind is Kind.TEXT and "look" not in fields else text,
        look="look" in fields,
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


def _what(fields: Mapping[str, str]) -> tuple[Kind, str]:
    if (command := fields.get("command", "")) in COMMANDS:
        return Kind.COMMAND, command
    if "data" in fields:
        return Kind.BUTTON, fields["data"][:_MAX_DATA]
    if "start" in fields:
        return Kind.START, ""
    text = fields.get("text", "").replace("\r\n", "\n")
    typed = _TYPED_COMMAND.fullmatch(text)
    if typed is not None and typed[1] in COMMANDS:
        return Kind.COMMAND, typed[1]
    return Kind.TEXT, text
