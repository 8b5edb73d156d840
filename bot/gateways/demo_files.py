"""The demo neighbourhood in `responses/demo/`, read and checked like all other texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bot.core.case import Author
from bot.core.errors import ContentError
from bot.core.neighbourhood import Ending, Line, Neighbourhood, Story
from bot.core.team import Area, Hours, Span, Team, Template, Worker
from bot.gateways import yaml_file
from bot.gateways.demo_schema import CaseEntry, LineEntry, NeighbourhoodFile, TeamEntry, WorkerEntry
from bot.gateways.yaml_file import Step

FILE: Final = "neighbourhood.yml"
RESIDENT: Final = "resident"  # who says a line, beside the ids of workers
WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_demo(folder: Path) -> Neighbourhood:
    """What stands in `neighbourhood.yml` of this folder. Raises ContentError with file, line and reason."""
    path = folder / FILE
    raw = yaml_file.read(path, NeighbourhoodFile)
    for at, name, known in _references(raw):
        if name not in known:
            raise ContentError(yaml_file.where(path, at), f"{name} does not stand in this file")
    team_of = {area.postcode: area.team for area in raw.areas}
    speaks = {worker.id: worker.language for worker in raw.workers}
    return Neighbourhood(
        teams=tuple(map(_team, raw.teams)),
        areas=tuple(Area(**area.model_dump()) for area in raw.areas),
        workers=tuple(map(_worker, raw.workers)),
        templates=tuple(Template(one.id, one.team, one.name, one.texts) for one in raw.templates),
        stories=tuple(_story(story, team_of[story.area], speaks) for story in raw.cases),
    )


def _references(raw: NeighbourhoodFile) -> Iterator[tuple[tuple[Step, ...], str, set[str]]]:
    """(where, the name that stands there, the names that may) of everything that points to something else."""
    teams, workers = {team.id for team in raw.teams}, {worker.id for worker in raw.workers}
    for n, area in enumerate(raw.areas):
        yield ("areas", n, "team"), area.team, teams
    for n, worker in enumerate(raw.workers):
        for m, team in enumerate(worker.teams):
            yield ("workers", n, "teams", m), team, teams
    for n, template in enumerate(raw.templates):
        yield ("templates", n, "team"), template.team, teams | {""}
    for n, story in enumerate(raw.cases):
        yield ("cases", n, "area"), story.area, {area.postcode for area in raw.areas}
        for m, line in enumerate(story.lines):
            yield ("cases", n, "lines", m, "by"), line.by, workers | {RESIDENT}


def _team(team: TeamEntry) -> Team:
    spans = tuple(
        Span(WEEK.index(day), dt.time.fromisoformat(span.start), dt.time.fromisoformat(span.end))
        for span in team.hours
        for day in span.days
    )
    return Team(team.id, team.name, Hours(spans), team.answer_minutes, team.phone, team.walk_in)


def _worker(raw: WorkerEntry) -> Worker:
    lists = {name: tuple(getattr(raw, name)) for name in ("teams", "languages", "topics", "fields")}
    return Worker(**{**raw.model_dump(), **lists})


def _story(raw: CaseEntry, team: str, speaks: Mapping[str, str]) -> Story:
    ending = raw.ending
    return Story(
        **raw.model_dump(exclude={"ago", "lines", "ending"}),
        ago=_minutes(raw.ago),
        team=team,
        lines=tuple(_line(line, speaks.get(line.by, raw.language)) for line in raw.lines),
        ending=Ending(_minutes(ending.after), ending.result, ending.helped) if ending else None,
    )


def _line(raw: LineEntry, language: str) -> Line:
    after, text, translation = _minutes(raw.after), raw.text.strip(), raw.translation.strip()
    if raw.by == RESIDENT:
        return Line(after, Author.RESIDENT, text, language, translation=translation)
    return Line(after, Author.NOTE if raw.note else Author.WORKER, text, language, raw.by, translation)


def _minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)
