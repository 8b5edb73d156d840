"""Drafts, revisions and models as rows, and back: bodies, overrides and comparisons as JSON."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_

from bot.core.entry import Body, Kind, Ref
from bot.core.entry_json import from_json, to_json
from bot.core.plain_json import dumps, loads
from bot.core.revision import Change, Draft, Override, Revision, Stage
from bot.core.taught import Comparison, Model, ModelState


def ref_values(ref: Ref) -> dict[str, str]:
    """The columns that name an entry."""
    return {"kind": ref.kind.value, "key": ref.key, "language": ref.language}


def is_ref(table: Table, ref: Ref) -> ColumnElement[bool]:
    """Whether a row is about this entry."""
    return and_(*(table.c[name] == value for name, value in ref_values(ref).items()))


def draft_values(draft: Draft) -> dict[str, object]:
    """The columns of a draft but those that say whose it is and of what."""
    return {
        "body": _body(draft.body),
        "base": draft.base,
        "saved_at": draft.saved_at,
        "version": draft.version,
        "stage": draft.stage.value,
        "change": draft.change.value,
        "note": draft.note,
        "machine": draft.machine,
        "overrides": dumps(draft.overrides),
    }


def draft_from(row: Row[*tuple[Any, ...]]) -> Draft:
    """The draft of a row of drafts."""
    ref = _ref(row)
    return Draft(
        ref=ref,
        author=row.author,
        body=_body_from(ref, row.body),
        base=row.base,
        saved_at=row.saved_at,
        version=row.version,
        stage=Stage(row.stage),
        change=Change(row.change),
        note=row.note,
        machine=row.machine,
        overrides=loads(tuple[Override, ...], row.overrides),
    )


def revision_values(revision: Revision) -> dict[str, object]:
    """The columns of a revision but its id."""
    return ref_values(revision.ref) | {
        "body": _body(revision.body),
        "base": revision.base,
        "author": revision.author,
        "approver": revision.approver,
        "at": revision.at,
        "why": revision.why,
        "change": revision.change.value if revision.change else None,
        "print": revision.print,
        "overrides": dumps(revision.overrides),
    }


def revision_from(row: Row[*tuple[Any, ...]]) -> Revision:
    """The revision of a row of revisions."""
    ref = _ref(row)
    return Revision(
        id=row.id,
        ref=ref,
        body=_body_from(ref, row.body),
        base=row.base,
        author=row.author,
        approver=row.approver,
        at=row.at,
        why=row.why,
        change=Change(row.change) if row.change else None,
        print=row.print,
        overrides=loads(tuple[Override, ...], row.overrides),
    )


def model_values(model: Model) -> dict[str, object]:
    """The columns of a model but its id."""
    return {
        "file": model.file,
        "base": model.base,
        "state": model.state.value,
        "worker_id": model.by,
        "at": model.at,
        "revision": model.revision,
        "progress": model.progress,
        "step": model.step,
        "why": model.why,
        "comparison": dumps(model.comparison),
    }


def model_from(row: Row[*tuple[Any, ...]]) -> Model:
    """The model of a row of models."""
    return Model(
        id=row.id,
        file=row.file,
        base=row.base,
        state=ModelState(row.state),
        by=row.worker_id,
        at=row.at,
        revision=row.revision,
        progress=row.progress,
        step=row.step,
        why=row.why,
        comparison=loads(Comparison, row.comparison),
    )


def _ref(row: Row[*tuple[Any, ...]]) -> Ref:
    return Ref(Kind(row.kind), row.key, row.language)


def _body(body: Body | None) -> str | None:
    return None if body is None else to_json(body)


def _body_from(ref: Ref, text: str | None) -> Body | None:
    return None if text is None else from_json(ref.kind, text)
