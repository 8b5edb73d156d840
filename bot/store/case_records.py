"""A case as a row, and back."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Row, ScalarSelect, select

from bot.core.case import Case, How, Result, State
from bot.core.triage import Flag
from bot.store.tables import cases
from bot.store.vault import Vault

# Named apart from the columns of other tables that a query may join.
CASE: Final = tuple(column.label(f"case_{column.name}") for column in cases.c)


def case_values(case: Case, vault: Vault) -> dict[str, object]:
    """The columns that a new version of a case may change: whose it is and when it began stay, its topic is apart."""
    return {
        "team_id": case.team or None,
        "worker_id": case.worker or None,
        "state": case.state,
        "version": case.version,
        "language": case.language,
        "topic": case.topic,
        "flag": case.flag,
        "area": case.area,
        "how": case.how,
        "when_sealed": vault.seal(case.when) if case.when else "",
        "step": case.step,
        "changed_at": case.changed_at,
        "due_at": case.due_at,
        "answered_at": case.answered_at,
        "resident_at": case.resident_at,
        "worker_at": case.worker_at,
        "closed_at": case.closed_at,
        "result": case.result,
        "helped": case.helped,
        "translator": case.translator,
        "follow_up": case.follow_up,
    }


def case_from(row: Row[*tuple[Any, ...]], vault: Vault) -> Case:
    """The case of a row that has the columns CASE."""
    return Case(
        id=row.case_id,
        resident=row.case_resident_id or "",
        team=row.case_team_id or "",
        language=row.case_language,
        opened_at=row.case_opened_at,
        changed_at=row.case_changed_at,
        topic=row.case_topic,
        flag=Flag(row.case_flag) if row.case_flag else None,
        area=row.case_area,
        how=How(row.case_how),
        when=vault.open(row.case_when_sealed),
        state=State(row.case_state),
        worker=row.case_worker_id or "",
        step=row.case_step,
        due_at=row.case_due_at,
        answered_at=row.case_answered_at,
        resident_at=row.case_resident_at,
        worker_at=row.case_worker_at,
        closed_at=row.case_closed_at,
        result=Result(row.case_result) if row.case_result else None,
        helped=row.case_helped,
        translator=row.case_translator,
        follow_up=row.case_follow_up,
        thread=row.case_thread_id or "",
        version=row.case_version,
    )


def latest_case(resident: ColumnElement[Any]) -> ScalarSelect[str]:
    """The id of a resident's open case, which alone has no time of closing; else of the one that ended last."""
    theirs = cases.alias()
    return (
        select(theirs.c.id)
        .where(theirs.c.resident_id == resident)
        .order_by(theirs.c.closed_at.desc().nulls_first(), theirs.c.opened_at.desc())
        .limit(1)
        .scalar_subquery()
    )
