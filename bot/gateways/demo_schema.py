"""What may stand in `responses/demo/neighbourhood.yml`; times are minutes. Nobody in it can be reached for real."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.core.case import How, Result
from bot.core.team import Role
from bot.core.triage import Flag

_ID: Final = r"^demo-[a-z0-9-]{1,30}$"
_CASE_ID: Final = r"^[0-9a-f]{6}-demo-[a-z0-9-]{1,20}$"  # people call a case by its first six characters
_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class SpanEntry(_Strict):
    """Hours on some days of the week; quoted, or YAML reads 17:00 as a number."""

    days: list[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]]
    start: str = Field(pattern=_TIME)
    end: str = Field(pattern=_TIME)


class TeamEntry(_Strict):
    """A team."""

    id: str = Field(pattern=_ID)
    name: str = Field(min_length=1)
    hours: list[SpanEntry]
    answer_minutes: int = Field(60, ge=1)
    phone: str = ""
    walk_in: str = ""


class AreaEntry(_Strict):
    """A postcode and its middle."""

    postcode: str = Field(pattern=r"^[1-9]\d{3}$")
    name: str = Field(min_length=1)
    team: str
    latitude: float = Field(ge=50.7, le=53.7)  # the Netherlands
    longitude: float = Field(ge=3.2, le=7.3)


class WorkerEntry(_Strict):
    """Somebody of the staff."""

    id: str = Field(pattern=_ID)
    email: str = Field(pattern=r"^[a-z.]+@[a-z.]+\.example$")  # a domain that nobody can have (RFC 2606)
    name: str = Field(min_length=1)
    roles: frozenset[Role]
    teams: list[str]
    language: Literal["nl", "en"] = "nl"
    languages: list[str]
    topics: list[str] = []
    title: str = "sociaal werker"
    neighbourhood: str = ""
    fields: list[Literal["medical", "language"]] = []


class TemplateEntry(_Strict):
    """A ready-made message; without `team` for all."""

    id: str = Field(pattern=_ID)
    team: str = ""
    name: str = Field(min_length=1)
    texts: dict[str, str]


class LineEntry(_Strict):
    """A message by "resident" or by a worker, so long after the beginning; `note`: for colleagues only."""

    after: int = Field(ge=0)
    by: str
    note: bool = False
    text: str = Field(min_length=1)
    translation: str = ""


class EndingEntry(_Strict):
    """How a case was closed."""

    after: int = Field(ge=0)
    result: Result
    helped: bool | None = None


class CaseEntry(_Strict):
    """A case that began so long ago; its team is that of its area."""

    id: str = Field(pattern=_CASE_ID)
    ago: int = Field(ge=0)
    door: Literal["asked", "flag", "answer", "failures"] = "asked"
    area: str
    language: str
    topic: str = ""
    flag: Flag | None = None
    how: How = How.CHAT
    when: str = ""
    phone: str = ""
    translator: str = ""
    lines: list[LineEntry] = Field(min_length=1)
    ending: EndingEntry | None = None


class NeighbourhoodFile(_Strict):
    """The whole file."""

    teams: list[TeamEntry]
    areas: list[AreaEntry]
    workers: list[WorkerEntry]
    templates: list[TemplateEntry]
    cases: list[CaseEntry]
