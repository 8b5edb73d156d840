"""One turn: a stored message in, stored answers out, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

import structlog

from bot.core import phrases
from bot.core.conversation import Conversation
from bot.core.errors import CaseChanged, CaseError, StoreBusy
from bot.core.message import Incoming, Kind, Outgoing
from bot.services.cases import Cases
from bot.services.cases.case_change import TRIES, Change
from bot.services.ports import Clock, Received, Store, Unit
from bot.services.translate import Translated
from bot.services.turns.group import answer_in_group
from bot.services.turns.held_in_words import all_that_is_held, forgotten
from bot.services.turns.keep_asked import KeepAsked
from bot.services.turns.respond import Respond
from bot.services.turns.turn import Turn

log = structlog.get_logger("turn")
MAX_ATTEMPTS: Final = 3
CODE_CHARACTERS: Final = 22  # /start with so many links a worker's chat; fewer are what a resident's link carried


class TakeTurn:
    """Call it with the id of an inbox row; returns the resident's id, None when nothing was to be done."""

    def __init__(
        self,
        store: Store,
        respond: Respond,
        clock: Clock,
        cases: Cases,
        observe: Callable[[str, float], None] = lambda _, __: None,
        asked: KeepAsked | None = None,
    ) -> None:
        self._store = store
        self._respond = respond
        self._clock = clock
        self._cases = cases
        self._observe = observe
        self._asked = asked

    async def __call__(self, inbox_id: int) -> str | None:
        """Takes one turn. One that fails is answered with regret; only the database raises (StoreError)."""
        started = time.perf_counter()
        taken = await self._store.take(inbox_id)
        if taken is None:
            return None
        received, conversation = taken
        said, flag = await self._taken(received, conversation)
        seconds = time.perf_counter() - started
        log.info("turn", inbox=inbox_id, said=said, ms=round(seconds * 1000, 1))
        self._observe("flag" if flag else "answer", seconds)
        return received.resident.id

    async def _taken(self, received: Received, conversation: Conversation) -> tuple[tuple[str, ...], bool]:
        """The keys that were said, and whether there was a red flag."""
        incoming = received.incoming
        if received.resident.in_group and incoming.kind is Kind.COMMAND and incoming.text.startswith("link "):
            return ((await self._cases.link_group(received)).key,), False
        if received.topic:
            outgoing = await self._cases.topic_turn(received, conversation)
            return tuple(said.key for said in outgoing), False
        if received.worker:
            outgoing = await self._cases.worker_turn(received, conversation)
            return tuple(said.key for said in outgoing), False
        if incoming.kind in {Kind.BLOCKED, Kind.UNBLOCKED}:
            await self._reached(received)
            return (), False
        in_group = received.resident.in_group  # a group is nobody's own chat
        if incoming.kind is Kind.START and len(incoming.payload) == CODE_CHARACTERS and not in_group:
            return await self._linked(received, conversation), False
        turn = await self._turn(received, conversation)
        if turn.case == ("translate", "yes"):  # before the turn is kept: after a restart it is done again
            await self._cases.case_turn.translate_earlier(received.resident.id)
        _signal(await self._kept(received, conversation, turn))
        return turn.said, turn.flag is not None

    async def _turn(self, received: Received, conversation: Conversation) -> Turn:
        resident = received.resident
        try:
            if resident.in_group:
                return await answer_in_group(self._respond, resident.id, received.incoming, conversation)
            return await self._respond(resident.id, received.incoming, conversation, received.case)
        except Exception as error:  # noqa: BLE001 - the border: a failed turn still answers
            # No traceback: it may hold what was typed.
            log.error("turn failed", inbox=received.id, error=type(error).__name__)
            return self._regret(Turn(conversation))

    async def _linked(self, received: Received, conversation: Conversation) -> tuple[str, ...]:
        """A worker links this chat with the code that the desk gave."""
        code, language = received.incoming.payload, conversation.prior.best

        async def also(unit: Unit, said: Outgoing) -> None:
            await unit.finish(received.id)
            await unit.post(received.resident.id, [said], self._clock())

        resident = received.resident
        said = await self._cases.link_worker(code, resident.id, language, also, in_group=resident.in_group)
        return (said.key,)

    async def _reached(self, received: Received) -> None:
        """Blocked: nothing more can be said, and whoever has their case knows. Unblocked: all is as before."""
        changes: list[Change] = []
        async with self._store.unit() as unit:
            if received.incoming.kind is Kind.BLOCKED:
                changes = await self._leave(unit, received, "blocked")
                await unit.stop(received.resident.id)
            else:
                await unit.resume(received.resident.id)
            await unit.finish(received.id)
        _signal(changes)

    async def _leave(self, unit: Unit, received: Received, what: str) -> list[Change]:
        if received.case is None or not received.case.open:
            return []
        case = await unit.case(received.case.id)
        if case is None or not case.open:
            return []
        change = Change(self._cases.office, unit, case, "", self._clock())
        await self._cases.case_turn.left(change, what)
        return [change]

    async def _kept(self, received: Received, before: Conversation, turn: Turn) -> list[Change]:
        """The turn kept; again when a worker changed the case in the same moment. The last time it raises that."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self._keep(received, before, turn)
            except CaseChanged:
                if attempt == TRIES:
                    raise
        raise AssertionError  # the last attempt returned or raised

    async def _keep(self, received: Received, before: Conversation, turn: Turn) -> list[Change]:
        """The one write transaction of a turn; what it changed is to be signalled."""
        resident, now, case_turn = received.resident, self._clock(), self._cases.case_turn
        asks_data = turn.ask_store == "my_data"
        told = await all_that_is_held(self._store, resident.id, turn, self._respond.voice) if asks_data else []
        passes_on = case_turn.concerns(received, before, turn)
        translated = Translated()
        if passes_on and received.case is not None:
            language = turn.conversation.prior.best
            translated = await case_turn.translated(received.case, received.incoming.text, language)
        question = await self._asked(received, before, turn) if self._asked and not passes_on else None
        changes: list[Change] = []
        async with self._store.unit() as unit:
            await unit.finish(received.id)
            if resident.stopped:
                await unit.resume(resident.id)
            if question is not None:
                await unit.keep_asked(question.text, question.language, question.offered, now)
            outgoing = [*told, *turn.outgoing]
            if turn.send is not None:
                opened, outgoing = await self._opened(unit, received, turn)
                changes += opened
            elif passes_on:
                passed = await case_turn.passed(unit, received, turn, translated)
                outgoing, changes = list(passed.outgoing), [passed.change] if passed.change else []
            elif turn.case is not None:
                passed, turn = await case_turn.pressed(unit, received, turn)
                outgoing, changes = list(passed.outgoing), [passed.change] if passed.change else []
            if turn.ask_store == "forget":
                changes += await self._leave(unit, received, "forgotten")
                outgoing = [forgotten(self._respond.voice, turn.conversation.prior.best, with_case=bool(changes))]
            await unit.post(resident.id, outgoing, now)
            if turn.ask_store == "forget":
                await unit.forget(resident.id, keep_address=True)
            elif not resident.in_group:
                await unit.keep_conversation(resident.id, _spent(turn, received.incoming), now)
        return changes

    async def _opened(self, unit: Unit, received: Received, turn: Turn) -> tuple[list[Change], list[Outgoing]]:
        """The case opened; or, when one is open already, a word that it is."""
        voice, language = self._respond.voice, turn.conversation.prior.best
        if turn.send is None or (received.case is not None and received.case.open):
            return [], [await self._already(unit, received, language)]
        try:
            change, outgoing = await self._cases.open_case(unit, received.resident.id, turn.send, language)
        except CaseChanged:
            return [], [await self._already(unit, received, language)]
        except CaseError:
            call = [(voice.call("team_phone", language),)]
            return [], [voice.phrase("utter_not_understood_person", language, call)]
        return [change], outgoing

    async def _already(self, unit: Unit, received: Received, language: str) -> Outgoing:
        case = await unit.case_of(received.resident.id)
        teams = await unit.teams(removed=True) if case is not None else []
        team = next((team.name for team in teams if case is not None and team.id == case.team), "")
        return self._respond.voice.phrase("utter_case_already", language, team=team)

    def _regret(self, turn: Turn) -> Turn:
        language = turn.conversation.prior.best
        said = phrases.menu(self._respond.voice, language, "utter_error")
        return replace(turn, outgoing=(said,), said=("utter_error",))


def _spent(turn: Turn, incoming: Incoming) -> Conversation:
    """What was set aside for the assistant is over with its first answer; a look at the menu is none."""
    kept = turn.conversation
    over = incoming.kind not in {Kind.BUTTON, Kind.COMMAND, Kind.START} or turn.said not in {(), ("utter_menu",)}
    return kept.but(aside=False) if kept.aside and over else kept


def _signal(changes: Iterable[Change]) -> None:
    """Only now, when all is kept."""
    for change in changes:
        change.signal()


async def take_with_patience(take: TakeTurn, inbox_id: int) -> str | None:
    """A turn, tried again when the database was busy for a moment. Raises StoreBusy after MAX_ATTEMPTS."""
    for attempt in range(1, MAX_ATTEMPTS + 1):
        try:
            return await take(inbox_id)
        except StoreBusy:
            if attempt == MAX_ATTEMPTS:
                raise
    return None
