"""The editor of an answer with a real newsroom on a real database, and a machine that translates."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.answer import Voice
from bot.core.content import Answer
from bot.core.entry import Kind, Ref
from bot.core.errors import TranslationFailed
from bot.core.revision import Draft
from bot.services.editing.newsroom import Newsroom
from tests.desk.content.furnished import Window, furnish, invite
from tests.desk.hall import Browser, Hall


class Machine:
    """Translates by writing the language before the text; says nothing when it is broken."""

    broken = False

    async def __call__(self, text: str, source: str, target: str) -> str:
        if self.broken:
            raise TranslationFailed("it hangs")
        return f"[{target}] {text}"


@dataclass
class WritingRoom:
    """The desk, its newsroom, and what is served now."""

    hall: Hall
    newsroom: Newsroom
    machine: Machine
    browsers: dict[str, Browser] = field(default_factory=dict)

    async def desk_of(self, name: str) -> AnswerWindow:
        """A browser in which an editor is logged in."""
        if name not in self.browsers:
            self.browsers[name] = await self.hall.visitor(name)
        return AnswerWindow(self.browsers[name])

    async def draft(self, name: str, language: str = "nl", key: str = "utter_flu_jab") -> Draft | None:
        return await self.hall.store.draft(Ref(Kind.ANSWER, key, language), name)

    def says(self, language: str = "nl", topic: str = "flu_jab") -> str:
        """What a resident reads now."""
        return Voice(self.newsroom.served).answer(topic, language).text

    def answer(self, language: str = "nl", key: str = "utter_flu_jab") -> Answer:
        return self.newsroom.served.content.answers[key, language]


class AnswerWindow(Window):
    """A window in which answers are written."""

    async def open(self, language: str = "nl", key: str = "utter_flu_jab", **query: str) -> Window:  # type: ignore[override]
        return await super().open(f"/answers/{key}/{language}", **query)


async def open_room(hall: Hall, *, four_eyes: bool = False, unread_too: bool = True) -> WritingRoom:
    """The desk of a hall with a newsroom, where two more people work."""
    machine = Machine()
    await invite(hall)
    newsroom = furnish(hall, four_eyes=four_eyes, machine=machine, serve_unreviewed=unread_too)
    return WritingRoom(hall, newsroom, machine)
