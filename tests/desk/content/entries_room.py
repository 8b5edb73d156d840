"""The pages for all that is no answer, with a real newsroom, real files out and in, and a database."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.answer import Voice
from bot.core.content import Content
from bot.core.entry import Ref
from bot.core.revision import Draft
from bot.services.editing.newsroom import Newsroom
from tests.desk.content.furnished import ERIK, EVA, Window, furnish, invite
from tests.desk.hall import Hall

EntryDesk = Window

__all__ = ["ERIK", "EVA", "EntriesRoom", "EntryDesk", "open_room"]


@dataclass
class EntriesRoom:
    """The desk, its newsroom, and what is served now."""

    hall: Hall
    newsroom: Newsroom

    async def desk_of(self, name: str) -> Window:
        """A browser in which somebody is logged in."""
        return Window(await self.hall.visitor(name))

    def stranger(self) -> Window:
        """A browser that was never here."""
        return Window(self.hall.browser())

    async def draft(self, ref: Ref, name: str = "eva") -> Draft | None:
        return await self.hall.store.draft(ref, name)

    def says(self, topic: str = "flu_jab", language: str = "nl") -> str:
        """What a resident reads now."""
        return Voice(self.newsroom.served).answer(topic, language).text

    @property
    def content(self) -> Content:
        return self.newsroom.served.content

    async def audit(self) -> list[str]:
        """What was done, oldest first."""
        async with self.hall.store._engine.connect() as connection:
            rows = await connection.exec_driver_sql("select what from audit")
            return [row[0] for row in rows]


async def open_room(hall: Hall, *, four_eyes: bool = False) -> EntriesRoom:
    """The desk of a hall with a newsroom, where two more people work."""
    await invite(hall)
    return EntriesRoom(hall, furnish(hall, four_eyes=four_eyes))
