"""What editors taught so far, as it was published: examples by key and language, and topics that the files lack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.content import Content, Topic
from bot.core.entry import Examples, Kind, Ref
from bot.core.normalise import normalise
from bot.core.revision import Revision
from bot.services.content_ports import ContentReads, Lessons


@dataclass(frozen=True, slots=True)
class Taught:
    """The published examples and topics of one moment. `base` are the texts of the files."""

    revisions: Mapping[Ref, Revision]
    base: Content

    def texts(self, key: str, language: str) -> tuple[str, ...]:
        """The examples of a key in a language."""
        return texts_of(self.revisions.get(Ref(Kind.EXAMPLES, key, language)))

    def key_of(self, text: str) -> str:
        """Under which key the same words stand, or ""."""
        words, keys = normalise(text), self.keys
        rows = ((ref.key, texts_of(row)) for ref, row in self.revisions.items() if ref.key in keys)
        return next((key for key, texts in rows if words in map(normalise, texts)), "")

    @property
    def topics(self) -> frozenset[str]:
        """Every topic: of the files, less what was removed, and what was made at the desk."""
        changed = {ref.key: row.body for ref, row in self.revisions.items() if ref.kind is Kind.TOPIC}
        kept = self.base.topics.keys() - {key for key, body in changed.items() if body is None}
        return frozenset(kept | {key for key, body in changed.items() if isinstance(body, Topic)})

    @property
    def keys(self) -> frozenset[str]:
        """Every topic and meta key."""
        return self.topics | frozenset(self.base.meta)

    def lessons(self, revision: int) -> Lessons:
        """All that the model has to learn beside the files."""
        examples: dict[str, dict[str, tuple[str, ...]]] = {}
        keys = self.keys
        for ref, row in self.revisions.items():
            if ref.kind is Kind.EXAMPLES and ref.key in keys and texts_of(row):
                examples.setdefault(ref.language, {})[ref.key] = texts_of(row)
        return Lessons(tuple(sorted(self.topics - self.base.topics.keys())), examples, revision)


async def taught(store: ContentReads, base: Content) -> Taught:
    """What is published now."""
    kinds = {Kind.EXAMPLES, Kind.TOPIC}
    return Taught({row.ref: row for row in await store.published() if row.ref.kind in kinds}, base)


def texts_of(revision: Revision | None) -> tuple[str, ...]:
    """The examples of a revision; none for one that is not there or took them away."""
    return revision.body.texts if revision is not None and isinstance(revision.body, Examples) else ()


async def learnt_before(store: ContentReads, base: Content, learnt: int) -> Lessons:
    """The examples that were there at revision `learnt`, less those that were taken away since."""
    now = (await taught(store, base)).lessons(learnt)
    return replace(
        now,
        examples={
            language: {key: await _kept(store, Ref(Kind.EXAMPLES, key, language), texts, learnt)
                       for key, texts in by_key.items()}
            for language, by_key in now.examples.items()
        },
    )  # fmt: skip


async def waiting(store: ContentReads, base: Content, learnt: int) -> int:
    """How many published examples are newer than revision `learnt`."""
    now = await taught(store, base)
    newer = [row for ref, row in now.revisions.items() if ref.kind is Kind.EXAMPLES and row.id > learnt]
    before = [_at(await store.revisions(row.ref), learnt) for row in newer]
    return sum(len(set(texts_of(row)) - set(old)) for row, old in zip(newer, before, strict=True))


async def _kept(store: ContentReads, ref: Ref, texts: Sequence[str], learnt: int) -> tuple[str, ...]:
    before = _at(await store.revisions(ref), learnt)
    return tuple(text for text in texts if text in before)


def _at(revisions: Sequence[Revision], learnt: int) -> Collection[str]:
    """The examples of an entry as they were at a revision."""
    return texts_of(next(iter(_until(revisions, learnt)), None))


def _until(revisions: Iterable[Revision], learnt: int) -> Iterable[Revision]:
    return (row for row in sorted(revisions, key=lambda row: row.id, reverse=True) if row.id <= learnt)
