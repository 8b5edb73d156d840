"""What the use cases about content ask of the database and of the world."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.core.asked import Asked, Filed
from bot.core.entry import Body, Ref
from bot.core.revision import Draft, Reading, Revision, TranslatorLink
from bot.core.taught import Comparison, Model


class ContentReads(Protocol):
    """Reading drafts, revisions, readings, questions and models."""

    async def marks(self) -> tuple[int, str]:
        """(id of the newest revision, 0 if none; id of the live model, "" if none): cheap, asked twice a second."""
        ...

    async def published(self) -> list[Revision]:
        """The newest revision of every entry that has one, removals included."""
        ...

    async def revision(self, revision_id: int) -> Revision | None:
        """One revision."""
        ...

    async def revisions(self, ref: Ref) -> list[Revision]:
        """All revisions of an entry, newest first."""
        ...

    async def source_changes(self) -> list[Revision]:
        """All revisions of Dutch answers, oldest first: what the drift of translations is reckoned from."""
        ...

    async def draft(self, ref: Ref, author: str) -> Draft | None:
        """An editor's draft of an entry."""
        ...

    async def drafts(self, ref: Ref | None = None) -> list[Draft]:
        """All drafts, or those of an entry, newest first."""
        ...

    async def readings(self, key: str = "") -> list[Reading]:
        """What was read with people, newest first; of one answer (`key` as utter_flu_jab) or of all."""
        ...

    async def asked(self, state: Filed | None = Filed.OPEN, limit: int = 2000) -> list[Asked]:
        """Questions without an answer, newest first; None for every state."""
        ...

    async def models(self) -> list[Model]:
        """All models taught here, newest first."""
        ...

    async def model(self, model_id: str) -> Model | None:
        """One of them."""
        ...

    async def translator_link(self, token: str, now: datetime) -> TranslatorLink | None:
        """Whose link this is; None when it is unknown, ended or taken back. It may be used again and again."""
        ...

    async def translator_links(self, now: datetime) -> list[TranslatorLink]:
        """All links that still work, newest first."""
        ...


class ContentWrites(Protocol):
    """Writing them, within a unit."""

    async def keep_draft(self, draft: Draft, seen: int) -> None:
        """A new draft (`seen` 0) or a next version (`seen`: the version that its author saw).

        `draft.version` must be `seen` + 1. Raises DraftChanged when another version is kept.
        """
        ...

    async def drop_draft(self, ref: Ref, author: str) -> None:
        """The draft is published or thrown away."""
        ...

    async def publish(self, revision: Revision) -> Revision:
        """Keeps a revision and gives it its id.

        Raises EntryChanged when the newest revision of the entry is not `revision.base`.
        """
        ...

    async def keep_reading(self, reading: Reading) -> None:
        """What was read with somebody."""
        ...

    async def keep_asked(self, text: str, language: str, offered: Sequence[str], at: datetime) -> None:
        """A question without an answer; `text` is scrubbed already, and encrypted in the database."""
        ...

    async def file_asked(self, ids: Collection[int], state: Filed, topic: str = "") -> int:
        """What an editor did with questions; returns how many were still open."""
        ...

    async def keep_model(self, model: Model) -> None:
        """A new model or a changed one. One at most is live: keeping one as LIVE makes the one before PAST."""
        ...

    async def give_translator_link(self, link: TranslatorLink, token: str) -> None:
        """A link; only a hash of the token is kept."""
        ...

    async def end_translator_link(self, link_id: str) -> None:
        """The link works no more."""
        ...


@dataclass(frozen=True, slots=True)
class Near:
    """An example that is like a question: its topic or meta key, and how like, 0 to 1."""

    text: str
    key: str
    language: str
    likeness: float


class Likeness(Protocol):
    """How alike sentences are in meaning, in any language."""

    async def groups(self, texts: Sequence[str]) -> list[list[int]]:
        """Positions of texts that ask the same, the largest group first; every text is in one group."""
        ...


class Teacher(Protocol):
    """Training beside the running assistant, in a process of its own."""

    async def train(self, model_id: str, lessons: Lessons, live: Path | None, tell: Tell) -> tuple[str, Comparison]:
        """Trains, then asks the evaluation files, and all that is taught, of the new model and of the live one.

        Returns the new model's file name and the comparison. Raises TrainingFailed with the end of the report.
        """
        ...


@dataclass(frozen=True, slots=True)
class Lessons:
    """What editors teach beside nlu/: topics that domain.yml does not know, and examples by language and key.

    `published` is what is served otherwise than the files say: the models are asked with it. `left_out` is a model that
    learnt the same beside other files: what it makes of the examples counts, not what the live one does.
    """

    topics: tuple[str, ...]
    examples: Mapping[str, Mapping[str, tuple[str, ...]]]
    revision: int
    published: Mapping[Ref, Body | None] = field(default_factory=dict)
    left_out: Path | None = None


class Tell(Protocol):
    """Told how far training is: 0 to 1, and the step in an English sentence of the desk."""

    async def __call__(self, progress: float, step: str) -> None:
        """Never raises."""
        ...
