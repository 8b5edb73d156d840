"""Messages as they are stored: JSON, sealed by the vault."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core.message import Button, ButtonStyle, Chat, Incoming, Kind, Outgoing


def incoming_to_json(incoming: Incoming) -> str:
    """All of a message but its chat and update id, which have columns of their own."""
    raw = asdict(incoming) | {"at": incoming.at.isoformat(), "kind": incoming.kind.value}
    return json.dumps({name: value for name, value in raw.items() if name not in {"chat", "update_id"}})


def incoming_from_json(text: str, chat: Chat) -> Incoming:
    """The message again; its update id is not kept in clear."""
    raw = json.loads(text)
    return Incoming(
        chat=chat, update_id="", **raw | {"at": datetime.fromisoformat(raw["at"]), "kind": Kind(raw["kind"])}
    )


def outgoing_to_json(outgoing: Outgoing) -> str:
    """All of an outgoing message."""
    return json.dumps(asdict(outgoing))


def outgoing_from_json(text: str) -> Outgoing:
    """The outgoing message again."""
    raw: dict[str, Any] = json.loads(text)
    raw["buttons"] = tuple(tuple(_button(button) for button in row) for row in raw["buttons"])
    raw["notes"] = tuple(raw["notes"])
    return Outgoing(**raw)


def _button(raw: dict[str, str]) -> Button:
    return Button(**raw | {"style": ButtonStyle(raw["style"])})  # type: ignore[arg-type]
