"""The people who answer: teams, their areas and hours, and the workers in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Role(StrEnum):
    """What somebody of the staff may do."""

    WORKER = "worker"
    COORDINATOR = "coordinator"  # also manages their teams
    EDITOR = "editor"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of the day to another, local time; `weekday` 0 is Monday. It ends on the same day."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When a team reads its messages: local times in `zone`, closed on `holidays`."""

    spans: tuple[Span, ...] = ()
    holidays: frozenset[date] = frozenset()
    zone: str = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Team:
    """A team of social workers. `answer_minutes`: how long a case may wait, in opening hours, before the next step.

    `text_in_telegram`: may a worker's Telegram show what residents write? `group` is the id of the
    team's own Telegram group (as of a resident's chat), or "".
    """

    id: str
    name: str
    hours: Hours = Hours()
    answer_minutes: int = 60
    phone: str = ""
    walk_in: str = ""
    text_in_telegram: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A four-digit postcode, the neighbourhood's name, its team, and its middle (degrees) for who shares a place."""

    postcode: str
    name: str
    team: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the staff. `chat` is the id of their linked Telegram chat (as of a resident's), or "".

    `fields` are the fields of knowledge of a reviewer (`core.revision.Field`).
    `languages` and `topics` are what they know; `away_until` says that they are ill or on leave.
    """

    id: str
    email: str
    name: str
    roles: frozenset[Role] = frozenset({Role.WORKER})
    teams: tuple[str, ...] = ()
    language: str = "nl"  # of their own screen: nl or en
    languages: tuple[str, ...] = ("nl",)
    topics: tuple[str, ...] = ()
    title: str = "sociaal werker"
    neighbourhood: str = ""
    on_duty: bool = True
    away_until: datetime | None = None
    active: bool = True
    chat: str = ""
    fields: tuple[str, ...] = ()

    def available(self, now: datetime) -> bool:
        """Works here, and is neither ill nor on leave."""
        return self.active and (self.away_until is None or self.away_until <= now)


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made message of a team ("" for all): one text per language."""

    id: str
    team: str
    name: str
    texts: dict[str, str] = field(default_factory=dict)
