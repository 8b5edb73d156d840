"""A revision kept within a unit, with everything that goes along with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.core.content import Answer, Content, Review
from bot.core.drift import source_hash
from bot.core.entry import Body, Kind, ReadyText, RedFlag, Ref
from bot.core.errors import NotPublishable
from bot.core.language import SOURCE
from bot.core.revision import Revision
from bot.core.team import Template
from bot.services.ports import Unit

REVIEW_LASTS: Final = timedelta(days=365)
OF_A_TEAM: Final = "This is a ready-made message of one team. Its coordinators change it."


async def put_live(unit: Unit, revision: Revision, what: str) -> Revision:
    """Keeps it, with the ready-made message that it may be, and a row in the audit.

    Raises EntryChanged, and NotPublishable for a message of one team: that is its coordinators' own.
    """
    if revision.ref.kind is Kind.TEMPLATE:
        await _must_be_of_all_teams(unit, revision.ref.key)
    kept = await unit.publish(revision)
    if kept.ref.kind is Kind.TEMPLATE and isinstance(kept.body, ReadyText):
        await unit.keep_template(Template(kept.ref.key, "", kept.body.name, dict(kept.body.texts)))
    elif kept.ref.kind is Kind.TEMPLATE:
        await unit.remove_template(kept.ref.key)
    await unit.audit(kept.approver, what, told(kept.ref), kept.at)
    return kept


async def _must_be_of_all_teams(unit: Unit, template_id: str) -> None:
    if any(one.id == template_id and one.team for one in await unit.templates()):
        raise NotPublishable(OF_A_TEAM)


def told(ref: Ref) -> str:
    """An entry as the audit names it: "answer utter_flu_jab tr"."""
    return f"{ref.kind} {ref.key} {ref.language}".strip()


def reviewed_as(body: Body | None, review: Review) -> Body | None:
    """The body with this review, if it is of a kind that has one."""
    match body:
        case Answer():
            return replace(body, review=review)
        case RedFlag(texts, patterns):
            return RedFlag(replace(texts, review=review), patterns)
        case _:
            return body


def stamped(body: Body | None, content: Content) -> Body | None:
    """A translation marked as made from the Dutch text that is served now."""
    if not isinstance(body, Answer) or body.language == SOURCE:
        return body
    source = content.answers.get((body.key, SOURCE))
    return replace(body, translates=source_hash(source) if source else "")


def print_of(body: Body | None) -> str:
    """The fingerprint of a Dutch answer, "" for anything else."""
    return source_hash(body) if isinstance(body, Answer) and body.language == SOURCE else ""
