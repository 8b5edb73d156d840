"""Teams and workers as rows, and back: opening hours as JSON, lists of keys divided by commas."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sqlalchemy import Row

from bot.core.team import Hours, Role, Span, Team, Worker
from bot.services.case_ports import Credentials
from bot.store.vault import Vault


def hours_to_json(hours: Hours) -> str:
    """Opening hours: spans as [weekday, start, end], holidays in order."""
    spans = [[span.weekday, span.start.isoformat(), span.end.isoformat()] for span in hours.spans]
    holidays = [day.isoformat() for day in sorted(hours.holidays)]
    return json.dumps({"spans": spans, "holidays": holidays, "zone": hours.zone})


def hours_from_json(text: str) -> Hours:
    """The opening hours again."""
    raw: dict[str, Any] = json.loads(text)
    spans = tuple(Span(day, time.fromisoformat(start), time.fromisoformat(end)) for day, start, end in raw["spans"])
    return Hours(spans, frozenset(map(date.fromisoformat, raw["holidays"])), raw["zone"])


def team_values(team: Team) -> dict[str, object]:
    """The columns of a team but its id."""
    return {
        "name": team.name,
        "hours": hours_to_json(team.hours),
        "answer_minutes": team.answer_minutes,
        "phone": team.phone,
        "walk_in": team.walk_in,
        "text_in_telegram": team.text_in_telegram,
        "group_id": team.group or None,
    }


def team_from(row: Row[*tuple[Any, ...]]) -> Team:
    """The team of a row of teams."""
    return Team(
        id=row.id,
        name=row.name,
        hours=hours_from_json(row.hours),
        answer_minutes=row.answer_minutes,
        phone=row.phone,
        walk_in=row.walk_in,
        text_in_telegram=row.text_in_telegram,
        group=row.group_id or "",
    )


def worker_values(worker: Worker) -> dict[str, object]:
    """The columns of a worker but id, e-mail and credentials."""
    return {
        "name": worker.name,
        "roles": ",".join(sorted(worker.roles)),
        "language": worker.language,
        "languages": ",".join(worker.languages),
        "topics": ",".join(worker.topics),
        "title": worker.title,
        "neighbourhood": worker.neighbourhood,
        "on_duty": worker.on_duty,
        "away_until": worker.away_until,
        "active": worker.active,
        "chat_id": worker.chat or None,
        "fields": ",".join(worker.fields),
    }


def worker_from(row: Row[*tuple[Any, ...]], teams: Iterable[str], vault: Vault) -> Worker:
    """The worker of a row of workers, in these teams."""
    return Worker(
        id=row.id,
        email=vault.open(row.email_sealed),
        name=row.name,
        roles=frozenset(map(Role, _keys(row.roles))),
        teams=tuple(teams),
        language=row.language,
        languages=_keys(row.languages),
        topics=_keys(row.topics),
        title=row.title,
        neighbourhood=row.neighbourhood,
        on_duty=row.on_duty,
        away_until=row.away_until,
        active=row.active,
        chat=row.chat_id or "",
        fields=_keys(row.fields),
    )


def credentials_from(row: Row[*tuple[Any, ...]], worker: Worker, vault: Vault) -> Credentials:
    """What a log-in is checked against, of a row of workers."""
    return Credentials(
        worker=worker,
        password_hash=row.password_hash,
        totp=vault.open(row.totp_sealed),
        totp_last=row.totp_last,
        failures=row.failures,
        locked_until=row.locked_until,
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
