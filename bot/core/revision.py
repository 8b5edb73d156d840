"""How a text changes: drafts that belong to one editor, and revisions that are kept for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.entry import Body, Ref


class Change(StrEnum):
    """What a change of a Dutch text means for its translations."""

    WORDING = "wording"  # they stay current
    MEANING = "meaning"  # they are served for at most 14 days more, with a line that says so
    SAFETY = "safety"  # they are withdrawn at once


class Stage(StrEnum):
    """How far a draft has come."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"


class Field(StrEnum):
    """What a reviewer knows about: only what they know can they call reviewed."""

    MEDICAL = "medical"  # the Dutch text, facts, and red flags
    LANGUAGE = "language"  # a translation into one of their own languages


@dataclass(frozen=True, slots=True)
class Override:
    """A finding that somebody publishes in spite of: its rule, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one editor (`author`, a worker's id) makes of an entry; every editor has at most one of each.

    `base` is the id of the published revision it was begun from, 0 for the file (or nothing). `version` counts
    the saves: who saves must name the version they saw. `body` None wants the entry removed. `machine`: a
    translation by a machine that nobody has read yet. `note`: the author's why, or the reviewer's answer.
    """

    ref: Ref
    author: str
    body: Body | None
    base: int
    saved_at: datetime
    version: int = 1
    stage: Stage = Stage.DRAFT
    change: Change = Change.MEANING
    note: str = ""
    machine: bool = False
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One published version of an entry, never changed or erased. `body` None: the entry is removed.

    `id` counts up over all entries; 0 before it is kept. `base` is the revision it came after, 0 for the file.
    `author` wrote it, `approver` published it (both workers' ids; the same where nobody else had to look).
    `why` says what for. `change` and `print` (the fingerprint of the Dutch text, `core.drift.source_hash`) are those
    of a Dutch answer, else None and "".
    """

    id: int
    ref: Ref
    body: Body | None
    base: int
    author: str
    approver: str
    at: datetime
    why: str = ""
    change: Change | None = None
    print: str = ""
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer read aloud with somebody: never who, only of which group ("Turkse vrouwen, 60+").

    `word` is the word or sentence that stuck, "" when none did. `worker` is who read it, a worker's id.
    """

    key: str
    language: str
    group: str
    understood: bool
    word: str
    worker: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class TranslatorLink:
    """A translator without an account: one language, until `ends_at`; what they send are drafts of `worker`."""

    id: str
    language: str
    name: str
    worker: str
    ends_at: datetime
