"""Files that `content export` alone writes: ready-made messages of all teams, and how Dutch answers changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.core.revision import Change
from bot.core.source_change import SourceChange
from bot.gateways import yaml_file

MESSAGES: Final = "ready_messages.yml"
CHANGES: Final = "changes.yml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class _Message(_Strict):
    name: str = Field(min_length=1)
    texts: dict[str, str] = {}


class _Messages(_Strict):
    messages: dict[str, _Message] = {}


class _Change(_Strict):
    before: str
    after: str
    change: Change | None
    at: AwareDatetime | None


class _Changes(_Strict):
    changes: dict[str, list[_Change]] = {}


def ready_messages(folder: Path) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Id → (name, language → text); {} where nothing was exported yet. Raises ContentError."""
    path = folder / MESSAGES
    raw = yaml_file.read(path, _Messages) if path.exists() else _Messages()
    return {key: (one.name, one.texts) for key, one in raw.messages.items()}


def source_changes(folder: Path) -> Mapping[str, tuple[SourceChange, ...]]:
    """Key of an answer → changes of its Dutch text, oldest first; {} as above. Raises ContentError."""
    path = folder / CHANGES
    raw = yaml_file.read(path, _Changes) if path.exists() else _Changes()
    return {key: tuple(map(_read, told)) for key, told in raw.changes.items()}


def _read(raw: _Change) -> SourceChange:
    return SourceChange(raw.before, raw.after, raw.change, raw.at.astimezone(dt.UTC) if raw.at else None)


def as_written(change: SourceChange) -> dict[str, str | None]:
    """A change as it stands in the file."""
    at = change.at.isoformat() if change.at else None
    return {"before": change.before, "after": change.print, "change": change.change, "at": at}
