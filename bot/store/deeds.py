"""Both logs as one: what was done on the desk (audit), and what was done in cases."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, true, union_all

from bot.core.deed import Deed, Sight, Wanted
from bot.store.part import Part
from bot.store.schema import Moment
from bot.store.tables import audit, case_events, cases

_AFTER_POSTCODE: Final = len("8911 ") + 1


class DeedRows(Part):
    """See `services.case_ports.StaffReads`."""

    async def deeds(self, sight: Sight, wanted: Wanted, *, skip: int = 0, limit: int = 50) -> list[Deed]:
        """What was done on the desk and in cases, as far as somebody sees it, newest first."""
        both = union_all(_on_desk(sight, wanted), _in_cases(sight, wanted)).subquery()
        # In one moment a case's own log comes after what was done to it; within a log the number counts.
        newest = (both.c.at.desc(), both.c.case_id.desc(), both.c.id.desc())
        rows = await self._connection.execute(select(both).order_by(*newest).offset(skip).limit(limit))
        return [Deed(row.at, row.worker_id, row.what, row.about, row.case_id, row.team_id or "") for row in rows]


def _on_desk(sight: Sight, wanted: Wanted) -> Select[Any]:
    ours = or_(
        and_(or_(audit.c.worker_id.in_(sight.people), _names(sight.people | sight.teams)), ~_names(sight.hidden)),
        audit.c.what.in_(sight.whats),
    )
    return (
        select(audit.c.id, audit.c.at, audit.c.worker_id, audit.c.what, audit.c.about, literal("").label("case_id"))
        .add_columns(cases.c.team_id)
        .outerjoin_from(audit, cases, cases.c.id == audit.c.about)
        .where(ours, *_asked(audit.c, wanted))
    )


def _in_cases(sight: Sight, wanted: Wanted) -> Select[Any]:
    """A case that is gone has no team: then those see it whose colleague did it."""
    gone = and_(cases.c.id.is_(None), case_events.c.worker_id.in_(sight.people))
    ours = or_(cases.c.team_id.in_(sight.teams), gone) if sight.teams else false()
    done = case_events.c
    return (
        select(done.id, done.at, done.worker_id, done.what, done.detail.label("about"), done.case_id, cases.c.team_id)
        .outerjoin_from(case_events, cases, cases.c.id == done.case_id)
        .where(ours, *_asked(done, wanted))
    )


def _names(ids: frozenset[str]) -> ColumnElement[bool]:
    """Is it about one of these ids? Before a team's stands the postcode, where it is about an area."""
    listed = sorted(ids)
    return or_(audit.c.about.in_(listed), func.substr(audit.c.about, _AFTER_POSTCODE).in_(listed))


def _asked(log: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        log.worker_id == wanted.by if wanted.by else true(),
        log.what.in_(wanted.whats) if wanted.whats is not None else true(),
        log.at >= literal(wanted.since, Moment) if wanted.since else true(),
        log.at < literal(wanted.until, Moment) if wanted.until else true(),
    ]
