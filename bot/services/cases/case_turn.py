"""What a resident sends while they have a case: it goes along to the team, and often gets an answer here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.core import case_phrases, phrases
from bot.core.case import Author, Case, Said, State
from bot.core.conversation import Conversation
from bot.core.hours import is_open
from bot.core.message import Incoming, Kind, Outgoing
from bot.core.team import Role, Team
from bot.services.cases.case_change import Change
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff, team_of
from bot.services.ports import Received, Unit
from bot.services.translate import Translate, Translated
from bot.services.turns.goes_into import goes_into
from bot.services.turns.turn import Turn
from bot.services.turns.with_words import is_too_big

PAUSE: Final = timedelta(minutes=30)  # after which a message is acknowledged again
_PASSED_ON: Final = frozenset(
    {Kind.TEXT, Kind.VOICE, Kind.PHOTO, Kind.VIDEO, Kind.DOCUMENT, Kind.LOCATION, Kind.CONTACT}
)
_NO_ANSWER: Final = frozenset({"utter_out_of_scope", "utter_no_answer_yet"})  # the team has it: no "ask elsewhere"
_ALREADY: Final = frozenset({"start", "send"})  # a second case is not to be had
_OF_OPEN: Final = _ALREADY | {"stop", "later", "translate"}


@dataclass(frozen=True, slots=True)
class Passed:
    """What comes of a message in a case: the change to signal, and what the resident is told in the end."""

    change: Change | None
    outgoing: tuple[Outgoing, ...]


class CaseTurn:
    """Used by `take_turn`, within its transaction; only `translated` is called before it."""

    def __init__(self, office: Office, tell: TellStaff, translate: Translate) -> None:
        self._office, self._tell, self._translate = office, tell, translate

    def concerns(self, received: Received, before: Conversation, turn: Turn) -> bool:
        """Does this message belong to a case? Not what is pressed, set aside, or said in the talk before another.

        A red flag always does: whoever has the case must know.
        """
        case, incoming = received.case, received.incoming
        if incoming.kind not in _PASSED_ON or received.resident.in_group:
            return False
        return goes_into(case, before, incoming) and (not before.aside or turn.flag is not None)

    async def translated(self, case: Case, text: str, language: str) -> Translated:
        """For the worker who reads it; never raises, and takes as long as the service may take."""
        worker = await self._office.store.worker(case.worker) if case.worker else None
        target = worker.language if worker else "nl"
        if worker is not None and language in worker.languages:
            return Translated()
        return await self._translate(text, language, target, agreed=case.translator)

    async def translate_earlier(self, resident: str) -> None:
        """What was said before this tap, which allows a translator; outside a transaction, and never raises."""
        store, service = self._office.store, self._translate.service
        case = await store.case_of(resident)
        found = await store.case_file(case.id) if case is not None and case.open and service else None
        for said in found.said if found else ():
            if found is None or said.author is not Author.RESIDENT or said.translator:
                continue
            allowed = replace(found.case, translator=service)
            translated = await self.translated(allowed, said.text, said.language)
            if translated.translator:
                async with store.unit() as unit:
                    await unit.keep_translation(said.id, translated.text, translated.translator)

    async def passed(self, unit: Unit, received: Received, turn: Turn, translated: Translated) -> Passed:
        """The message put into the case, the worker told of it, and what the resident is told."""
        incoming, now = received.incoming, self._office.clock()
        case = await unit.case_of(received.resident.id)
        if case is None or not (case.open or case.can_reopen(now)):
            return Passed(None, turn.outgoing)
        before = []
        if is_too_big(incoming):
            before = [self._office.voice.phrase("utter_case_file_too_big", turn.language)]
            incoming = replace(incoming, file=None)
        if not (incoming.text.strip() or incoming.file or incoming.place):
            return Passed(None, (*before, *(() if before else turn.outgoing)))
        change = Change(self._office, unit, case, "", now)
        reopened = not case.open
        if reopened:
            await self._reopen(change)
        message = _said(incoming, turn.conversation.prior.best, now, translated)
        message = replace(message, id=await unit.add_said(case.id, message))
        flag = change.case.flag or turn.flag
        first = reopened or case.resident_at is None or now - case.resident_at >= PAUSE
        await change.keep(change.case.but(now, resident_at=now, flag=flag))
        if turn.flag and not case.flag:
            await change.log("flag", turn.flag)
            if change.case.state is State.WAITING:
                await self._tell.within(change)
        await self._tell.said(change, message)
        team = await team_of(change)
        told = [*before, *await self._told(change, team, turn, first=first, reopened=reopened)]
        quiet = change.case.quiet and turn.flag is None
        return Passed(change, tuple(case_phrases.unremarkable(said) if quiet else said for said in told))

    async def pressed(self, unit: Unit, received: Received, turn: Turn) -> tuple[Passed, Turn]:
        """A button about the case: helped or not, ask the assistant, later, translate, stop."""
        subject, part = turn.case or ("", "")
        language, now, voice = turn.conversation.prior.best, self._office.clock(), self._office.voice
        case = await unit.case_of(received.resident.id)
        if subject == "ask":
            aside = case is not None and case.open
            turn = replace(turn, conversation=turn.conversation.but(aside=aside))
            return Passed(None, (phrases.menu(voice, language),)), turn
        if subject == "stop":
            turn = replace(turn, conversation=turn.conversation.but(draft=None, snapshot=""))
        if case is None or not _may_press(subject, case):
            key = "utter_case_none" if subject == "stop" else "utter_old_button"
            return Passed(None, (phrases.menu(voice, language, key),)), turn
        if subject in _ALREADY:
            team = await team_of(change := Change(self._office, unit, case, "", now))
            return Passed(None, (voice.phrase("utter_case_already", language, team=team.name),)), turn
        change = Change(self._office, unit, case, "", now)
        said = await self._answer(change, subject, part, language)
        return Passed(change, (case_phrases.unremarkable(said) if case.quiet else said,)), turn

    async def left(self, change: Change, what: str) -> None:
        """The resident takes the case back, was forgotten or blocked us: the log and the worker are told."""
        case = change.case
        worker = await change.unit.worker(case.worker) if case.worker else None
        await change.log(what)
        await change.tell_topic(f"resident_{what}")
        if worker is not None:
            words = self._office.words
            text = words(f"resident_{what}", worker.language, number=case.number)
            await change.post(worker.chat, Outgoing(text, words.language(worker.language), key=f"staff_{what}"))

    async def withdraw(self, change: Change) -> None:
        """Taken back: told, closed, and everything that was shared is wiped."""
        await self.left(change, "withdrawn")
        await change.keep(change.case.withdrawn(change.now))
        await change.unit.wipe_said(change.case.id)
        await change.unit.keep_phone(change.case.id, "")

    async def _answer(self, change: Change, subject: str, part: str, language: str) -> Outgoing:
        voice, case = self._office.voice, change.case
        team = await team_of(change)
        match subject:
            case "stop":
                await self.withdraw(change)
                return phrases.menu(voice, language, "utter_case_withdrawn")
            case "later":
                await change.keep(case.but(change.now, follow_up=part == "yes"))
                return voice.phrase("utter_case_noted", language)
            case "translate":
                service = self._translate.service if part == "yes" else ""
                await change.keep(case.but(change.now, translator=service))
                await change.log("translation_allowed" if service else "translation_refused", service)
                return voice.phrase("utter_case_noted", language)
            case "helped":
                if case.helped is not True:
                    await change.keep(case.but(change.now, helped=True))
                    await change.log("helped")
                return voice.phrase("utter_case_helped_thanks", language)
            case "not_helped":
                if case.helped is not False:
                    await self._not_helped(change, team)
                phone = case_phrases.phone_of(voice, team, language)
                return voice.phrase("utter_case_not_helped", language, team_phone=phone)
        return phrases.menu(voice, language, "utter_old_button")

    async def _not_helped(self, change: Change, team: Team) -> None:
        """The team's coordinators hear of it, once."""
        await change.keep(change.case.but(change.now, helped=False))
        await change.log("not_helped")
        coordinators = [
            worker
            for worker in await change.unit.workers()
            if Role.COORDINATOR in worker.roles and team.id in worker.teams and worker.active
        ]
        await self._tell.these(change, coordinators, team, "card_not_helped")

    async def _reopen(self, change: Change) -> None:
        worker = await change.unit.worker(change.case.worker) if change.case.worker else None
        free = worker is not None and worker.available(change.now)
        await change.keep(change.case.reopened(change.now, worker_free=free))
        await change.log("reopened")
        if change.case.state is State.WAITING:
            await self._tell.within(change)

    async def _told(self, change: Change, team: Team, turn: Turn, *, first: bool, reopened: bool) -> Sequence[Outgoing]:
        """Danger and what was understood is answered; a person who reads along now makes the assistant silent.

        The words for danger say that nobody reads along unasked. Here somebody was asked: that is said after them,
        but not where somebody else may read this chat.
        """
        case, voice, language = change.case, self._office.voice, turn.conversation.prior.best
        if turn.flag:
            return [*turn.outgoing, *(() if case.quiet else (self._added(change, team, language),))]
        here = case.state is State.CLAIMED and is_open(team.hours, change.now) and not reopened
        if here:
            worker = await change.unit.worker(case.worker)
            name, phone = worker.name if worker else team.name, case_phrases.phone_of(voice, team, language)
            said = voice.phrase("utter_case_with_person", language, person_name=name, team_phone=phone)
            return [case_phrases.with_ask(voice, said)] if first else []
        answers = list(turn.outgoing) if turn.understood and not _only_kind(turn) else []
        answers = [said for said in answers if said.key not in _NO_ANSWER]
        if reopened and not case.quiet:
            return [voice.phrase("utter_case_reopened", language), *answers]
        if not first:
            return answers or [voice.phrase("utter_case_file_passed", language)]
        return [self._added(change, team, language), *answers]

    def _added(self, change: Change, team: Team, language: str) -> Outgoing:
        voice = self._office.voice
        line = case_phrases.hours_line(voice, team, change.now, language)
        return voice.phrase("utter_case_added", language, team=team.name, hours_line=line)


def _may_press(subject: str, case: Case) -> bool:
    """Does a button still mean something for this case?"""
    if subject in _OF_OPEN:
        return case.open
    return subject in {"helped", "not_helped"} and case.state is not State.WITHDRAWN


def _only_kind(turn: Turn) -> bool:
    """Was nothing said but that this kind of message cannot be read here?"""
    return all(key.startswith(("utter_got_", "utter_empty")) for key in turn.said)


def _said(incoming: Incoming, language: str, now: datetime, translated: Translated) -> Said:
    text = incoming.text
    if incoming.place is not None:
        latitude, longitude = incoming.place
        text = f"{text} 📍 {latitude:.5f}, {longitude:.5f}".strip()
    return Said(
        Author.RESIDENT,
        text,
        language,
        now,
        translation=translated.text,
        translator=translated.translator,
        file=incoming.file,
    )
