"""One message of a worker while it is dealt with: whatever comes of it is kept together with its end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.core.case import Case
from bot.core.conversation import Conversation
from bot.core.message import Button, Outgoing
from bot.core.pending import Pending
from bot.core.team import Worker
from bot.services.cases.case_change import Also
from bot.services.cases.office import Office
from bot.services.ports import Received, Unit

# What to say once a change is made: it may keep something in the same unit, such as the secret of a link.
Say = Callable[[Unit, Case], Awaitable[Sequence[Outgoing]]]


@dataclass
class Visit:
    """The worker, what they sent, and what is remembered. `posted` is what they got as an answer."""

    office: Office
    worker: Worker
    received: Received
    conversation: Conversation
    posted: list[Outgoing] = field(default_factory=list)

    @property
    def pending(self) -> Pending:
        """What they began before."""
        return self.conversation.pending

    def words(self, key: str, /, **more: str) -> str:
        """A text in their language."""
        return self.office.words(key, self.worker.language, **more)

    def says(
        self, key: str, buttons: Sequence[Sequence[Button]] = (), *, about: Case | None = None, **more: str
    ) -> Outgoing:
        """A message in their language; `about` makes a reply to it go to that case's resident."""
        language = self.office.words.language(self.worker.language)
        rows = tuple(tuple(row) for row in buttons if row)
        text = self.words(key, **more)
        return Outgoing(text, language, key=f"staff_{key}", buttons=rows, case=about.id if about else "")

    async def answer(self, *outgoing: Outgoing, pending: Pending | None = None) -> None:
        """Ends it with an answer; `pending` is what is remembered from now on, None keeps what was."""
        async with self.office.store.unit() as unit:
            await self.end(unit, outgoing, pending)

    async def end(self, unit: Unit, outgoing: Sequence[Outgoing], pending: Pending | None = None) -> None:
        """The same within a unit that is open: the message is dealt with, and can never be done twice."""
        now, chat = self.office.clock(), self.received.resident.id
        await unit.finish(self.received.id)
        await unit.post(chat, outgoing, now)
        await self.remember(unit, pending)
        self.posted = list(outgoing)

    async def remember(self, unit: Unit, pending: Pending | None) -> None:
        """Keeps what they began, when it is another than before."""
        if pending is not None and pending != self.pending:
            changed = self.conversation.but(pending=pending)
            await unit.keep_conversation(self.received.resident.id, changed, self.office.clock())

    def ending(self, say: Say, pending: Pending | None = None) -> Also:
        """For a use case: what it does is kept together with the end of this message, and what is said of it."""

        async def also(unit: Unit, case: Case) -> None:
            await self.end(unit, await say(unit, case), pending)

        return also

    def ending_with(self, key: str, pending: Pending | None = None, **more: str) -> Also:
        """The same with one text that names the case's number."""

        async def say(unit: Unit, case: Case) -> Sequence[Outgoing]:
            del unit
            return [self.says(key, (), about=None, **{"number": case.number, **more})]

        return self.ending(say, pending)
