"""All that the page of one case shows, gathered from the store in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.case import REOPEN, Event, State
from bot.core.content import Content
from bot.core.language import LANGUAGES
from bot.core.team import Role, Team, Worker
from bot.desk.inbox.bubble import Bubble, bubble_of
from bot.desk.inbox.ready import Ready, templates_for
from bot.desk.inbox.row import Row, Rows
from bot.services.case_ports import CaseFile
from bot.services.ports import Store

_ANSWERING: Final = frozenset({Role.WORKER, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Line:
    """One line in the log: what happened, when, and by whom (a name, or "" for the resident or the clock)."""

    what: str
    at: datetime
    who: str
    detail: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case's page. `columns`: the conversation is in two languages. `zone` is where its times are shown.

    `may_act`: the viewer may close it and hand it over, as who has it and coordinators may.
    """

    row: Row
    bubbles: tuple[Bubble, ...]
    log: tuple[Line, ...]
    templates: tuple[Ready, ...]
    teams: tuple[Team, ...]
    colleagues: tuple[Worker, ...]
    own_code: str
    own_language: str
    their_language: str
    columns: bool
    right_to_left: bool
    has_phone: bool
    zone: ZoneInfo
    reopens_until: datetime | None

    may_act: bool

    @property
    def may_reply(self) -> bool:
        """May the viewer write to the resident? Only who has the case, and while nobody has it everybody."""
        return self.row.case.state is State.WAITING or (self.row.case.state is State.CLAIMED and self.row.mine)

    @property
    def others_case(self) -> bool:
        """Does a colleague have it?"""
        return self.row.case.state is State.CLAIMED and not self.row.mine


async def view_of(file: CaseFile, viewer: Worker, store: Store, content: Content, now: datetime) -> CaseView:
    """The page of a case that the viewer may see."""
    case, teams, workers = file.case, await store.teams(removed=True), await store.workers()
    rows = Rows(content, viewer, teams=teams, areas=await store.areas(), workers=workers, now=now)
    bubbles = tuple(bubble_of(said, case, viewer, rows.worker) for said in file.said)
    team = next((team for team in teams if team.id == case.team), None)
    tongue = LANGUAGES.get(case.language)
    return CaseView(
        row=rows.row(case),
        bubbles=bubbles,
        log=tuple(_line(event, rows) for event in file.events),
        templates=tuple(templates_for(await store.templates(), case.team, viewer.language, case.language)),
        teams=tuple(other for other in await store.teams() if other.id != case.team),
        colleagues=tuple(_colleagues(workers, case.team, case.worker, now)),
        own_code=viewer.language,
        own_language=rows.language(viewer.language),
        their_language=rows.language(case.language),
        columns=case.language != viewer.language or any(len(bubble.cells) > 1 for bubble in bubbles),
        right_to_left=tongue is not None and tongue.right_to_left,
        has_phone=file.has_phone,
        zone=ZoneInfo(team.hours.zone if team else "Europe/Amsterdam"),
        may_act=case.state is not State.CLAIMED or case.worker == viewer.id or Role.COORDINATOR in viewer.roles,
        reopens_until=case.closed_at + REOPEN if case.can_reopen(now) and case.closed_at else None,
    )


def _line(event: Event, rows: Rows) -> Line:
    """A line of the log; ids of teams and workers in its detail become names."""
    words = [rows.team(word) or rows.worker(word) or word for word in event.detail.split()]
    return Line(event.what, event.at, rows.worker(event.worker), " ".join(words))


def _colleagues(workers: list[Worker], team: str, holder: str, now: datetime) -> list[Worker]:
    """Who of the team could have the case now instead of who has it."""
    return [
        worker
        for worker in workers
        if team in worker.teams and worker.id != holder and worker.available(now) and worker.roles & _ANSWERING
    ]
