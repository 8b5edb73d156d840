"""Who may do what with a text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.errors import EditError
from bot.core.language import SOURCE
from bot.core.revision import Draft, Field
from bot.core.team import Role, Worker

EDITORS: Final = frozenset({Role.EDITOR, Role.REVIEWER})
REVIEWED: Final = frozenset({Kind.ANSWER, Kind.FLAG})  # what has a review
BY_LINK: Final = "link:"  # begins the author of what a translator without an account wrote; after it, the link's id
_ID: Final = 32
DANGER: Final = frozenset({Kind.FLAG, Kind.CARD})  # what two people must see


def link_id(giver: str, secret: str) -> str:
    """The id of a translator's link, that tells who gave it also when the link is long gone."""
    return f"{_mark(giver)}{secret}"[:_ID]


def wrote(worker: Worker, author: str) -> bool:
    """Is this author they themselves, or somebody who came by a link that they gave?

    Who gives a link can use it: so what comes by it has not been seen by a second person when they publish it.
    """
    return author == worker.id or author.startswith(f"{BY_LINK}{_mark(worker.id)}")


def _mark(worker_id: str) -> str:
    return hashlib.sha256(worker_id.encode()).hexdigest()[:12]


def may_edit(worker: Worker) -> bool:
    """An editor or a reviewer who works here."""
    return worker.active and bool(worker.roles & EDITORS)


def must_edit(worker: Worker) -> None:
    """Raises EditError for who may not change texts."""
    if not may_edit(worker):
        raise EditError("Only editors and reviewers can change texts.")


def must_be_staff(worker: Worker) -> None:
    """Raises EditError for who left."""
    if not worker.active:
        raise EditError("This account is closed.")


def knows(worker: Worker, ref: Ref) -> bool:
    """A reviewer whose field of knowledge this is: medical for Dutch, for a translation the language itself.

    A card speaks a language that may be nobody's here: either field will do.
    """
    if not worker.active or Role.REVIEWER not in worker.roles:
        return False
    medical = Field.MEDICAL.value in worker.fields
    language = ref.key if ref.kind is Kind.CARD else ref.language or SOURCE
    speaks = Field.LANGUAGE.value in worker.fields and language in worker.languages
    if ref.kind is Kind.CARD:
        return medical or speaks
    return medical if language == SOURCE else speaks


def may_review(worker: Worker, ref: Ref) -> bool:
    """Whether they may call this entry reviewed."""
    return ref.kind in REVIEWED and knows(worker, ref)


def field_of(ref: Ref) -> str:
    """The field in which an entry is reviewed, as it stands in `Review.role`."""
    return Field.MEDICAL.value if ref.language == SOURCE else Field.LANGUAGE.value


def why_not_alone(worker: Worker, draft: Draft, uses: Iterable[Ref]) -> list[str]:
    """Why they may not publish their own draft of a fact: what words for danger name is seen by two people."""
    in_danger = any(one.kind in DANGER for one in uses)
    if draft.ref.kind is not Kind.FACT or not in_danger or not wrote(worker, draft.author):
        return []
    return ["This stands in words for danger, so two people must see it. Send it to review."]


def why_not(worker: Worker, draft: Draft, *, four_eyes: bool) -> list[str]:
    """In sentences why they may not publish this draft; [] when they may."""
    if not may_edit(worker):
        return ["Only editors and reviewers can publish."]
    found = []
    own = wrote(worker, draft.author)
    if draft.machine:
        found.append("A machine made this draft, and nobody read it yet. Read every sentence first.")
    if draft.ref.kind in DANGER and own:
        found.append("Words for danger are always seen by two people. Ask a reviewer to publish them.")
    elif four_eyes and own:
        found.append("Somebody else must publish what you wrote. Send it to review.")
    if draft.ref.kind in DANGER and not knows(worker, draft.ref):
        found.append("Words for danger are published by a reviewer who knows the field: medical, or the language.")
    return found
