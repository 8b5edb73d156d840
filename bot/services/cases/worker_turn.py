"""One message of a worker in Telegram: a tap, a command, or words for a resident."""

from __future__ import annotations

from bot.core.conversation import Conversation
from bot.core.message import Kind, Outgoing
from bot.services.cases.link_worker import LinkWorker
from bot.services.cases.office import Office
from bot.services.cases.staff_cards import StaffCards
from bot.services.cases.staff_work import StaffWork
from bot.services.cases.worker_commands import WorkerCommands
from bot.services.cases.worker_messages import WorkerMessages
from bot.services.cases.worker_taps import WorkerTaps
from bot.services.cases.worker_visit import Visit
from bot.services.ports import Received, Unit


class WorkerTurn:
    """Call it with what came from a chat that a worker linked. It keeps everything itself, the end of the turn too."""

    def __init__(self, office: Office, work: StaffWork) -> None:
        self._office = office
        self._work = work
        self._messages = WorkerMessages(work)
        self._taps = WorkerTaps(work, self._messages, StaffCards(office))
        self._commands = WorkerCommands()

    async def __call__(self, received: Received, conversation: Conversation) -> tuple[Outgoing, ...]:
        """What the worker was answered; it is in the outbox already. Raises StoreError only."""
        worker = await self._office.store.worker(received.worker)
        if worker is None:
            return ()
        visit = Visit(self._office, worker, received, conversation)
        if received.incoming.kind is Kind.BLOCKED:
            await self._gone(visit)
        elif not worker.active:
            await self._commands(visit, "unlink")
        else:
            await self._dealt_with(visit)
        return tuple(visit.posted)

    async def _dealt_with(self, visit: Visit) -> None:
        incoming = visit.received.incoming
        match incoming.kind:
            case Kind.BUTTON:
                await self._taps(visit)
            case Kind.START if incoming.payload:
                await self._linked(visit)
            case Kind.START | Kind.COMMAND:
                await self._commands(visit, incoming.text)
            case Kind.UNBLOCKED:
                async with self._office.store.unit() as unit:
                    await unit.resume(visit.received.resident.id)
                    await visit.end(unit, ())
            case _:
                await self._messages(visit)

    async def _linked(self, visit: Visit) -> None:
        """Somebody else's code, in a chat that is linked already."""

        async def also(unit: Unit, said: Outgoing) -> None:
            await visit.end(unit, [said])

        incoming, chat = visit.received.incoming, visit.received.resident.id
        in_group = visit.received.resident.in_group
        await LinkWorker(self._office)(incoming.payload, chat, visit.worker.language, also, in_group=in_group)

    async def _gone(self, visit: Visit) -> None:
        """They blocked the assistant: others must hear of their cases, before they themselves cannot be reached."""
        await self._work.move_cases(visit.worker.id)
        chat = visit.received.resident.id
        async with self._office.store.unit() as unit:
            await unit.link_chat(visit.worker.id, "")
            await unit.finish(visit.received.id)
            await unit.stop(chat)
