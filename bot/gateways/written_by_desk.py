"""Files that `content export` alone writes: ready-made messages of all teams, and how Dutch answers changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

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


def _none(value: object) -> object:
    return None if value in ("", "null", "~") else value


def _day(year: int) -> dt.datetime:
    return dt.datetime(year, 1, 1, tzinfo=dt.UTC)


_Print = Annotated[str, Field(pattern="^(?:[0-9a-f]{16})?$")]
_Moment = Annotated[AwareDatetime, Field(ge=_day(2000), lt=_day(2100))]  # a fortnight after it can be reckoned


class _Change(_Strict):
    before: _Print
    after: _Print
    change: Annotated[Change | None, BeforeValidator(_none)]
    at: Annotated[_Moment | None, BeforeValidator(_none)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """A change for safety without its moment would count for nothing."""
        if (self.change is None) is not (self.at is None):
            raise PydanticCustomError("half", "change and at belong together: give both, or null for both")
        return self


class _Changes(_Strict):
    changes: dict[str, list[_Change]] = {}


_TOLD: Final = TypeAdapter(list[_Change])


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


def changes_from(raw: object) -> tuple[SourceChange, ...]:
    """What is told of one answer, as `as_written` wrote it. Raises pydantic's ValidationError."""
    return tuple(map(_read, _TOLD.validate_python(raw)))


def _read(raw: _Change) -> SourceChange:
    return SourceChange(raw.before, raw.after, raw.change, raw.at.astimezone(dt.UTC) if raw.at else None)


def as_written(change: SourceChange) -> dict[str, str | None]:
    """A change as it stands in the file."""
    at = change.at.isoformat() if change.at else None
    kind = change.change.value if change.change else None
    return {"before": change.before, "after": change.print, "change": kind, "at": at}
