"""A neighbourhood to try everything in: its teams, places and people, and what residents already wrote there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.case import Author, How, Result
from bot.core.team import Area, Team, Template, Worker
from bot.core.triage import Flag


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a story, so long `after` its beginning; `worker` is an id, "" for the resident."""

    after: timedelta
    author: Author
    text: str
    language: str
    worker: str = ""
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a story was closed, so long `after` its beginning; `helped` is what the resident said of it, if they did."""

    after: timedelta
    result: Result
    helped: bool | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A case that began so long `ago`. `door` is as in `core.case.Draft`, the rest as in `core.case.Case`."""

    id: str
    ago: timedelta
    door: str
    area: str
    team: str
    language: str
    lines: tuple[Line, ...]
    topic: str = ""
    flag: Flag | None = None
    how: How = How.CHAT
    when: str = ""
    phone: str = ""
    translator: str = ""
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All of it; the teams have no holidays yet, which depend on the year."""

    teams: tuple[Team, ...]
    areas: tuple[Area, ...]
    workers: tuple[Worker, ...]
    templates: tuple[Template, ...]
    stories: tuple[Story, ...]
