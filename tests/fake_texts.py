"""Drafts, revisions, questions and models kept in memory, as simply as can be: the part of FakeStore on content."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.asked import Asked, Filed
from bot.core.entry import Kind, Ref
from bot.core.errors import DraftChanged, EntryChanged
from bot.core.language import SOURCE
from bot.core.revision import Draft, Reading, Revision, TranslatorLink
from bot.core.taught import Model, ModelState


@dataclass
class Texts:
    """Everything that is kept on content; tests may look and write here."""

    drafts: dict[tuple[Ref, str], Draft] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    models: dict[str, Model] = field(default_factory=dict)
    links: dict[str, TranslatorLink] = field(default_factory=dict)  # token → link


class FakeTexts:
    """See `ContentReads` and `ContentWrites`."""

    @property
    def texts(self) -> Texts:
        raise NotImplementedError

    async def marks(self) -> tuple[int, str]:
        live = [model.id for model in self.texts.models.values() if model.state is ModelState.LIVE]
        return len(self.texts.revisions), live[0] if live else ""

    async def published(self) -> list[Revision]:
        newest = {revision.ref: revision for revision in self.texts.revisions}
        return sorted(newest.values(), key=lambda revision: revision.id)

    async def revision(self, revision_id: int) -> Revision | None:
        return next((revision for revision in self.texts.revisions if revision.id == revision_id), None)

    async def revisions(self, ref: Ref) -> list[Revision]:
        return [revision for revision in reversed(self.texts.revisions) if revision.ref == ref]

    async def source_changes(self) -> list[Revision]:
        return [one for one in self.texts.revisions if (one.ref.kind, one.ref.language) == (Kind.ANSWER, SOURCE)]

    async def draft(self, ref: Ref, author: str) -> Draft | None:
        return self.texts.drafts.get((ref, author))

    async def drafts(self, ref: Ref | None = None) -> list[Draft]:
        found = [draft for draft in self.texts.drafts.values() if ref in (None, draft.ref)]
        return sorted(found, key=lambda draft: draft.saved_at, reverse=True)

    async def readings(self, key: str = "") -> list[Reading]:
        found = [reading for reading in self.texts.readings if key in ("", reading.key)]
        return sorted(found, key=lambda reading: (reading.at, reading.id), reverse=True)

    async def asked(self, state: Filed | None = Filed.OPEN, limit: int = 2000) -> list[Asked]:
        return [one for one in reversed(self.texts.asked) if state in (None, one.state)][:limit]

    async def models(self) -> list[Model]:
        return sorted(self.texts.models.values(), key=lambda model: model.at, reverse=True)

    async def model(self, model_id: str) -> Model | None:
        return self.texts.models.get(model_id)

    async def translator_link(self, token: str, now: datetime) -> TranslatorLink | None:
        link = self.texts.links.get(token)
        return link if link and link.ends_at > now else None

    async def translator_links(self, now: datetime) -> list[TranslatorLink]:
        found = [link for link in self.texts.links.values() if link.ends_at > now]
        return sorted(found, key=lambda link: link.ends_at, reverse=True)

    async def keep_draft(self, draft: Draft, seen: int) -> None:
        kept = self.texts.drafts.get((draft.ref, draft.author))
        if (kept.version if kept else 0) != seen:
            raise DraftChanged("You saved this text in another window a moment ago.")
        self.texts.drafts[draft.ref, draft.author] = draft

    async def drop_draft(self, ref: Ref, author: str) -> None:
        self.texts.drafts.pop((ref, author), None)

    async def publish(self, revision: Revision) -> Revision:
        before = await self.revisions(revision.ref)
        if (before[0].id if before else 0) != revision.base:
            raise EntryChanged("Somebody published another version of this text meanwhile.")
        kept = replace(revision, id=len(self.texts.revisions) + 1)
        self.texts.revisions.append(kept)
        return kept

    async def keep_reading(self, reading: Reading) -> None:
        self.texts.readings.append(replace(reading, id=len(self.texts.readings) + 1))

    async def keep_asked(self, text: str, language: str, offered: Sequence[str], at: datetime) -> None:
        self.texts.asked.append(Asked(len(self.texts.asked) + 1, text, language, tuple(offered), at))

    async def file_asked(self, ids: Collection[int], state: Filed, topic: str = "") -> int:
        still_open = [one for one in self.texts.asked if one.id in ids and one.state is Filed.OPEN]
        for one in still_open:
            self.texts.asked[one.id - 1] = replace(one, state=state, topic=topic)
        return len(still_open)

    async def keep_model(self, model: Model) -> None:
        for one in list(self.texts.models.values()):
            if model.state is one.state is ModelState.LIVE:
                self.texts.models[one.id] = replace(one, state=ModelState.PAST)
        self.texts.models[model.id] = model

    async def give_translator_link(self, link: TranslatorLink, token: str) -> None:
        self.texts.links[token] = link

    async def end_translator_link(self, link_id: str) -> None:
        for token, link in list(self.texts.links.items()):
            if link.id == link_id:
                del self.texts.links[token]
