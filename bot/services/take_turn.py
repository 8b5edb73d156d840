"""One turn: a stored message in, stored answers out, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog

from bot.core import phrases
from bot.core.errors import StoreBusy
from bot.core.message import Kind, Outgoing
from bot.core.press import Act
from bot.services.group import answer_in_group
from bot.services.ports import Clock, Held, Received, Store
from bot.services.respond import Respond, Turn

log = structlog.get_logger("turn")
MAX_ATTEMPTS: Final = 3
DATE: Final = "%d-%m-%Y"


class TakeTurn:
    """Call it with the id of an inbox row; returns the resident's id, None when nothing was to be done."""

    def __init__(
        self,
        store: Store,
        respond: Respond,
        clock: Clock,
        observe: Callable[[str, float], None] = lambda _, __: None,
    ) -> None:
        self._store = store
        self._respond = respond
        self._clock = clock
        self._observe = observe

    async def __call__(self, inbox_id: int) -> str | None:
        """Takes one turn. One that fails is answered with regret; only the database raises (StoreError)."""
        started = time.perf_counter()
        taken = await self._store.take(inbox_id)
        if taken is None:
            return None
        received, conversation = taken
        resident = received.resident
        if received.incoming.kind in {Kind.BLOCKED, Kind.UNBLOCKED}:
            await self._reached(received)
            return resident.id
        try:
            if resident.in_group:
                turn = await answer_in_group(self._respond, resident.id, received.incoming, conversation)
            else:
                turn = await self._respond(resident.id, received.incoming, conversation)
        except Exception as error:  # noqa: BLE001 - the border: a failed turn still answers
            # No traceback: it may hold what was typed.
            log.error("turn failed", inbox=inbox_id, error=type(error).__name__)
            turn = self._regret(Turn(conversation))
        await self._keep(received, turn)
        seconds = time.perf_counter() - started
        log.info("turn", inbox=inbox_id, said=turn.said, ms=round(seconds * 1000, 1))
        self._observe("flag" if turn.flag else "answer", seconds)
        return resident.id

    async def _reached(self, received: Received) -> None:
        async with self._store.unit() as unit:
            if received.incoming.kind is Kind.BLOCKED:
                await unit.stop(received.resident.id)
            else:
                await unit.resume(received.resident.id)
            await unit.finish(received.id)

    async def _keep(self, received: Received, turn: Turn) -> None:
        """The one write transaction of a turn."""
        resident, now = received.resident, self._clock()
        held = await self._store.held(resident.id) if turn.ask_store == "my_data" else None
        outgoing = [*turn.outgoing, *self._from_store(turn, held)]
        async with self._store.unit() as unit:
            await unit.finish(received.id)
            if resident.stopped:
                await unit.resume(resident.id)
            await unit.post(resident.id, outgoing, now)
            if turn.ask_store == "forget":
                await unit.forget(resident.id, keep_address=True)
            elif not resident.in_group:
                await unit.keep_conversation(resident.id, turn.conversation, now)

    def _from_store(self, turn: Turn, held: Held | None) -> list[Outgoing]:
        voice, language = self._respond.voice, turn.conversation.prior.best
        if turn.ask_store == "forget":
            return [voice.phrase("utter_forgotten", language)]
        if turn.ask_store == "my_data":
            said = voice.phrase("utter_my_data", language, [(voice.button(Act.META, "forget_me", language),)])
            return [replace(said, text=said.text + "\n\n" + self._held_in_words(turn, held, language))]
        return []

    def _held_in_words(self, turn: Turn, held: Held | None, language: str) -> str:
        """Everything that is kept, as a list: plain facts, so the same in every language."""
        page = self._respond.voice.content.labels[language].page
        kept = turn.conversation
        rows = [(page["data_since"], held.since.strftime(DATE) if held else "-")]
        rows.append((page["data_language"], kept.prior.best))
        if kept.last:
            rows.append((page["data_last"], self._respond.voice.label(kept.last.key, language)))
        if held:
            rows.append((page["data_waiting"], str(max(held.waiting_messages - 1, 0) + held.waiting_answers)))
        return "\n".join(f"• {name}: {value}" for name, value in rows)

    def _regret(self, turn: Turn) -> Turn:
        language = turn.conversation.prior.best
        said = phrases.menu(self._respond.voice, language, "utter_error")
        return replace(turn, outgoing=(said,), said=("utter_error",))


async def take_with_patience(take: TakeTurn, inbox_id: int) -> str | None:
    """A turn, tried again when the database was busy for a moment. Raises StoreBusy after MAX_ATTEMPTS."""
    for attempt in range(1, MAX_ATTEMPTS + 1):
        try:
            return await take(inbox_id)
        except StoreBusy:
            if attempt == MAX_ATTEMPTS:
                raise
    return None
