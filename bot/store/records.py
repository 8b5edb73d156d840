"""Messages as they are stored: JSON, sealed by the vault. What an older version did not write has its default."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core.message import Button, ButtonStyle, Chat, File, Incoming, Kind, Outgoing


def incoming_to_json(incoming: Incoming) -> str:
    """All of a message but its chat and update id, which have columns of their own."""
    raw = asdict(incoming) | {"at": incoming.at.isoformat(), "kind": incoming.kind.value}
    return json.dumps({name: value for name, value in raw.items() if name not in {"chat", "update_id"}})


def incoming_from_json(text: str, chat: Chat) -> Incoming:
    """The message again; its update id is not kept in clear."""
    raw: dict[str, Any] = json.loads(text)
    raw |= {"at": datetime.fromisoformat(raw["at"]), "kind": Kind(raw["kind"]), "file": _file(raw.get("file"))}
    raw["place"] = tuple(raw["place"]) if raw.get("place") else None
    return Incoming(chat=chat, update_id="", **raw)


def outgoing_to_json(outgoing: Outgoing) -> str:
    """All of an outgoing message."""
    return json.dumps(asdict(outgoing))


def outgoing_from_json(text: str) -> Outgoing:
    """The outgoing message again."""
    raw: dict[str, Any] = json.loads(text)
    raw["buttons"] = tuple(tuple(_button(button) for button in row) for row in raw["buttons"])
    raw["notes"] = tuple(raw["notes"])
    raw["file"] = _file(raw.get("file"))
    return Outgoing(**raw)


def words_to_json(text: str, file: File | None) -> str:
    """What was said in a case, and what came along with it."""
    return json.dumps({"text": text, "file": asdict(file) if file else None})


def words_from_json(text: str) -> tuple[str, File | None]:
    """The words and the file again."""
    raw: dict[str, Any] = json.loads(text)
    return raw["text"], _file(raw["file"])


def _button(raw: dict[str, str]) -> Button:
    return Button(**raw | {"style": ButtonStyle(raw["style"])})  # type: ignore[arg-type]


def _file(raw: dict[str, Any] | None) -> File | None:
    return File(**raw | {"kind": Kind(raw["kind"])}) if raw else None
