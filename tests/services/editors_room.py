"""A room of editors for tests: who they are, and short ways to write and to look."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from bot.core.answer import Voice
from bot.core.content import Answer, Content, Fact
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import TranslationFailed
from bot.core.revision import Change, Draft, Override, Revision
from bot.core.served import Served
from bot.core.team import Role, Worker
from bot.gateways.words import Words
from bot.services.editing import Editing, editing_of
from bot.services.editing.newsroom import Newsroom
from bot.services.ports import Store
from tests.builders import Clock

EVA = Worker("eva", "eva@example.org", "Eva", frozenset({Role.EDITOR}))
ERIK = Worker("erik", "erik@example.org", "Erik", frozenset({Role.EDITOR}))
RUTH = Worker("ruth", "ruth@example.org", "Ruth", frozenset({Role.REVIEWER}), fields=("medical",))
REZA = Worker(
    "reza", "reza@example.org", "Reza", frozenset({Role.REVIEWER}), languages=("nl", "tr"), fields=("language",)
)
WILL = Worker("will", "will@example.org", "Will")
STAFF = (EVA, ERIK, RUTH, REZA, WILL)

KEY = "utter_flu_jab"
NL, TR, EN = (Ref(Kind.ANSWER, KEY, code) for code in ("nl", "tr", "en"))
AGE = Ref(Kind.FACT, "flu_jab_age")


class Machine:
    """Translates into capitals; broken when told."""

    def __init__(self) -> None:
        self.broken = False
        self.seen: list[str] = []

    async def __call__(self, text: str, source: str, target: str) -> str:
        if self.broken:
            raise TranslationFailed("it hangs")
        self.seen.append(text)
        return text.upper()


class EditorsRoom:
    """One process: its newsroom, its use cases, and what it serves."""

    def __init__(self, store: Store, content: Content, *, four_eyes: bool = False) -> None:
        self.store, self.clock, self.base, self.machine = store, Clock(), content, Machine()
        secrets = itertools.count(1)
        self.newsroom = Newsroom(
            store,
            self.clock,
            Served(content),
            content,
            Words(),
            lambda: f"secret{next(secrets)}",
            four_eyes=four_eyes,
            translate=self.machine,
            public_url="https://buurt.example",
        )
        self.editing: Editing = editing_of(self.newsroom)

    @property
    def content(self) -> Content:
        return self.newsroom.served.content

    async def settle(self) -> EditorsRoom:
        async with self.store.unit() as unit:
            for worker in STAFF:
                await unit.keep_worker(worker)
        await self.editing.refresh()
        return self

    def beside(self, *, four_eyes: bool = False) -> EditorsRoom:
        """Another process on the same database, at the same time."""
        other = EditorsRoom(self.store, self.base, four_eyes=four_eyes)
        other.clock.now = self.clock.now
        return other

    def says(self, topic: str = "flu_jab", language: str = "nl") -> str:
        """What a resident reads of a topic now."""
        return Voice(self.newsroom.served).answer(topic, language).text

    def notes(self, topic: str = "flu_jab", language: str = "nl") -> tuple[str, ...]:
        return Voice(self.newsroom.served).answer(topic, language).notes

    def answer(self, ref: Ref = NL, **changes: object) -> Answer:
        """The answer that is served, changed."""
        return replace(self.content.answers[ref.key, ref.language], **changes)  # type: ignore[arg-type]

    def fact(self, name: str = "flu_jab_age", value: str = "61") -> Fact:
        known = self.base.facts.get(name)
        new = Fact(name, {"": value}, "een getal", "https://www.rivm.nl", date(2026, 11, 21))
        return replace(known, values={"": value}) if known else new

    async def draft(
        self,
        worker: Worker,
        ref: Ref,
        body: Body | None,
        change: Change = Change.MEANING,
        overrides: tuple[Override, ...] = (),
    ) -> Draft:
        """Kept over whatever the worker had, begun from what is published now."""
        sheet = await self.editing.sheet(worker, ref)
        seen = sheet.draft.version if sheet.draft else 0
        return await self.editing.save(
            worker, ref, body, base=sheet.base, seen=seen, change=change, overrides=overrides
        )

    async def publish(
        self, worker: Worker, ref: Ref, body: Body | None, change: Change = Change.MEANING, **more: object
    ) -> Revision:
        """Written and published by one person."""
        await self.draft(worker, ref, body, change)
        return await self.editing.publish(worker, ref, worker.id, **more)  # type: ignore[arg-type]
