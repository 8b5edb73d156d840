"""The desk with a real newsroom on SQLite, a second reviewer, and a list of questions that is written down here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

from bot.core.asked import Asked
from bot.core.content import Answer, Content
from bot.core.entry import Body, Kind, Ref
from bot.core.revision import Change, Draft, Override, Revision
from bot.core.team import Worker
from bot.services.editing import Editing
from bot.services.teaching import AskedGroup
from tests.builders import NOON
from tests.desk.content.furnished import EVA, ROSA, furnish
from tests.desk.hall import Browser, Hall

FLU, FLU_TURKISH = Ref(Kind.ANSWER, "utter_flu_jab", "nl"), Ref(Kind.ANSWER, "utter_flu_jab", "tr")


@dataclass
class Questions:
    """Stands where questions without an answer are grouped; may take until `released`."""

    found: list[AskedGroup] = field(default_factory=list)
    released: asyncio.Event | None = None

    async def __call__(self) -> Sequence[AskedGroup]:
        if self.released:
            await self.released.wait()
        return self.found

    def ask(self, *texts: str, likely: str = "", language: str = "nl") -> None:
        """A group of questions that are alike."""
        asked = tuple(Asked(number, text, language, (), NOON) for number, text in enumerate(texts, 1))
        self.found.append(AskedGroup(asked, (likely,) if likely else ()))


@dataclass
class Room:
    """The content room with all that an editor can do."""

    hall: Hall
    editing: Editing
    questions: Questions
    browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def content(self) -> Content:
        return self.hall.desk.content

    async def visit(self, name: str, address: str) -> Browser:
        """A page as somebody sees it."""
        if name not in self.browsers:
            self.browsers[name] = await self.hall.visitor(name)
        return await self.browsers[name].get(f"/desk/content{address}")

    async def draft(self, ref: Ref, body: Body | None, worker: Worker = EVA, **more: object) -> Draft:
        """A draft as an editor saves it."""
        sheet = await self.editing.sheet(worker, ref)
        return await self.editing.save(worker, ref, body, base=sheet.base, seen=0, **more)  # type: ignore[arg-type]

    async def publish(self, ref: Ref, body: Body, worker: Worker = EVA, why: str = "", **more: object) -> Revision:
        """A text as an editor publishes it; a minute goes by."""
        await self.draft(ref, body, worker, **more)
        revision = await self.editing.publish(worker, ref, worker.id, why=why)
        self.hall.clock.move(minutes=1)
        return revision

    def serve(self, ref: Ref, **changes: object) -> None:
        """Serves an answer changed, whatever an editor might."""
        answers = {**self.content.answers, (ref.key, ref.language): self.answer(ref, **changes)}
        self.hall.desk.served.replace(replace(self.content, answers=answers), 1)

    def answer(self, ref: Ref, **changes: object) -> Answer:
        """An answer as it is served, changed."""
        return replace(self.content.answers[ref.key, ref.language], **changes)  # type: ignore[arg-type]


def open_room(hall: Hall) -> Room:
    """The desk of a hall with its content room open."""
    questions = Questions()
    furnish(hall, teaching=SimpleNamespace(groups=questions))
    return Room(hall, hall.desk.editing, questions)


__all__ = ["EVA", "FLU", "FLU_TURKISH", "ROSA", "Change", "Override", "Room", "open_room"]
