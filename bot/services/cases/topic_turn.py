"""What is said in a case's topic in the team's group: a tap on "take it", or a reply that goes to the resident."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.core.case import Case, State
from bot.core.conversation import Conversation
from bot.core.errors import CaseError
from bot.core.message import Kind, Outgoing
from bot.core.pending import Unsent
from bot.core.press import Act, Press
from bot.core.staff_words import FALLBACK
from bot.services.cases.case_access import visible
from bot.services.cases.office import Office
from bot.services.cases.staff_cards import StaffCards
from bot.services.cases.staff_work import StaffWork
from bot.services.cases.tell_staff import team_in
from bot.services.cases.worker_messages import passable
from bot.services.cases.worker_refusal import refusal
from bot.services.cases.worker_visit import Visit
from bot.services.ports import Received, Unit
from bot.services.translate import FAILED


class TopicTurn:
    """Call it with what came from a topic. Everything that it says there is about the case, and so is taken back."""

    def __init__(self, office: Office, work: StaffWork) -> None:
        self._office, self._work, self._cards = office, work, StaffCards(office)

    async def __call__(self, received: Received, conversation: Conversation) -> tuple[Outgoing, ...]:
        """What was answered; it is in the outbox already. Raises StoreError only."""
        store = self._office.store
        case = await store.case(received.topic)
        worker = await store.worker(received.worker) if received.worker else None
        if case is None or worker is None or not visible(worker, case):
            return await self._stranger(received, conversation)
        visit = Visit(self._office, worker, received, conversation)
        if received.incoming.kind is Kind.BUTTON:
            await self._tapped(visit, case)
        else:
            await self._written(visit, case)
        return tuple(visit.posted)

    async def _stranger(self, received: Received, conversation: Conversation) -> tuple[Outgoing, ...]:
        """One line in a topic is enough: people also talk there among themselves."""
        text = self._office.words("topic_stranger", FALLBACK)
        line = Outgoing(text, FALLBACK, key="topic_stranger", case=received.topic)
        said, now = () if conversation.welcomed else (line,), self._office.clock()
        async with self._office.store.unit() as unit:
            await unit.finish(received.id)
            await unit.post(received.resident.id, said, now)
            if said:
                await unit.keep_conversation(received.resident.id, conversation.but(welcomed=True), now)
        return said

    async def _tapped(self, visit: Visit, case: Case) -> None:
        if visit.received.incoming.text != Press(Act.STAFF, "claim", case.id).data:
            await self._answer(visit, case, visit.says("topic_help", number=case.number))
            return
        try:
            await self._work.claim(visit.worker, case.id, self._taken(visit))
        except CaseError as error:
            await self._refused(visit, case, error)
        else:
            self._office.signals.nudge(visit.worker.chat)

    def _taken(self, visit: Visit) -> Callable[[Unit, Case], Awaitable[None]]:
        """The topic hears of every claim; the card with all its buttons comes in the worker's own chat."""

        async def also(unit: Unit, case: Case) -> None:
            now, team = self._office.clock(), team_in(await unit.teams(), case.team)
            card = await self._cards.of(unit, case, team, visit.worker, now, "card_yours")
            await unit.finish(visit.received.id)
            await unit.post(visit.worker.chat, [card], now)

        return also

    async def _written(self, visit: Visit, case: Case) -> None:
        incoming = visit.received.incoming
        chat = visit.received.resident.id
        answered = await self._office.store.case_of_message(chat, incoming.reply_to) if incoming.reply_to else None
        message = passable(incoming)
        if answered != case.id:
            await self._answer(visit, case, visit.says("topic_help", number=case.number))
        elif incoming.edits or message is None:
            await self._answer(visit, case, visit.says("edited" if incoming.edits else "cannot_pass"))
        else:
            await self._reply(visit, case, message)

    async def _reply(self, visit: Visit, case: Case, message: Unsent) -> None:
        """The end of the worker's message is kept with what goes to the resident: it cannot be sent twice."""

        async def also(unit: Unit, _: Case) -> None:
            await unit.finish(visit.received.id)

        try:
            said = await self._work.reply(visit.worker, case.id, message.text, message.file, also=also)
        except CaseError as error:
            await self._refused(visit, case, error)
            return
        key = "sent_failed_translation" if said.translator == FAILED else "sent"
        await self._answer(visit, case, visit.says(key, number=case.number))

    async def _refused(self, visit: Visit, case: Case, error: CaseError) -> None:
        """Nothing waits in a group for a case to be opened again: that is for the worker's own chat."""
        now = await self._office.store.case(case.id) or case
        if now.state is State.CLOSED:
            said = visit.says("over", number=case.number)
        elif now.state is State.CLAIMED and now.worker == visit.worker.id:  # a second tap, or a restart
            said = visit.says("taken_by", number=case.number, name=visit.worker.name)
        else:
            said = await refusal(visit, error, case.id, sending=True)
        await self._answer(visit, case, said)

    async def _answer(self, visit: Visit, case: Case, said: Outgoing) -> None:
        await visit.answer(replace(said, case=case.id))
