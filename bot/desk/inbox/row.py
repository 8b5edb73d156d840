"""One case as a line in the list and at the top of its page: everything in words, nothing to look up any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from babel import Locale

from bot.core.case import Case, State
from bot.core.content import Content
from bot.core.team import Area, Team, Worker

_SIZES: Final = (("days", timedelta(days=1)), ("hours", timedelta(hours=1)), ("minutes", timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a resident has waited: a number of "minutes", "hours" or "days", or "now" for under a minute."""

    unit: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A case with the words that belong to it. `topic`, `area` and `worker` are "" where there is none."""

    case: Case
    topic: str
    area: str
    team: str
    worker: str
    language: str
    mine: bool
    since: datetime | None
    wait: Wait | None

    @property
    def order(self) -> tuple[bool, bool, datetime]:
        """Red flags first, then who waits for an answer, the longest first."""
        return (self.case.flag is None, self.since is None, self.since or self.case.changed_at)


def waits_since(case: Case) -> datetime | None:
    """Since when the resident waits for an answer; None when they have one, or the case is over."""
    if not case.open:
        return None
    if case.answered_at is None:
        return case.opened_at
    if case.resident_at and (case.worker_at is None or case.resident_at > case.worker_at):
        return case.resident_at
    return case.changed_at if case.state is State.WAITING else None


def wait_of(since: datetime, now: datetime) -> Wait:
    """A time in the largest unit that fits."""
    waited = now - since
    for unit, size in _SIZES:
        if waited >= size:
            return Wait(unit, waited // size)
    return Wait("now")


class Rows:
    """Makes rows for one worker, from the names of everything at one moment."""

    def __init__(
        self,
        content: Content,
        viewer: Worker,
        *,
        teams: Iterable[Team],
        areas: Iterable[Area],
        workers: Iterable[Worker],
        now: datetime,
    ) -> None:
        self._tongues = Locale.parse(viewer.language).languages
        self._topics: Mapping[str, str] = content.labels[viewer.language].topics
        self._teams = {team.id: team.name for team in teams}
        self._areas = {area.postcode: f"{area.name} ({area.postcode})" for area in areas}
        self._workers = {worker.id: worker.name for worker in workers}
        self._viewer, self._now = viewer, now

    def row(self, case: Case) -> Row:
        """One case in words."""
        since = waits_since(case)
        return Row(
            case=case,
            topic=self.topic(case.topic),
            area=self._areas.get(case.area, case.area),
            team=self.team(case.team),
            worker=self.worker(case.worker),
            language=self.language(case.language),
            mine=case.worker == self._viewer.id,
            since=since,
            wait=wait_of(since, self._now) if since else None,
        )

    def topic(self, key: str) -> str:
        """The name of a topic, in the language of the worker's screen."""
        return self._topics.get(key, key.replace("_", " "))

    def language(self, code: str) -> str:
        """The name of a language, in the language of the worker's screen."""
        name: str = self._tongues.get(code, code)
        return name[:1].upper() + name[1:]

    def team(self, team_id: str) -> str:
        """The name of a team."""
        return self._teams.get(team_id, "")

    def worker(self, worker_id: str) -> str:
        """The name of one of the staff."""
        return self._workers.get(worker_id, "")
