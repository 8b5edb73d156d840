"""What a worker types, photographs or says in Telegram: it goes to the one resident it is meant for, or it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.case import Case, State
from bot.core.errors import CaseError
from bot.core.message import Button, Incoming, Kind
from bot.core.pending import Pending, Unsent
from bot.core.press import Act, Press
from bot.services.cases.case_access import visible
from bot.services.cases.case_change import Also
from bot.services.cases.staff_work import StaffWork
from bot.services.cases.worker_refusal import can_be_reopened, refusal
from bot.services.cases.worker_visit import Visit
from bot.services.ports import Unit
from bot.services.translate import FAILED

_WITH_FILE: Final = frozenset({Kind.VOICE, Kind.PHOTO, Kind.VIDEO, Kind.DOCUMENT})
_MOST_SHOWN: Final = 20


class WorkerMessages:
    """A reply to a case's message goes to that resident; all else waits until the worker says for which case."""

    def __init__(self, work: StaffWork) -> None:
        self._work = work

    async def __call__(self, visit: Visit) -> None:
        """Deals with one message that is neither a command nor a tap."""
        incoming, store = visit.received.incoming, visit.office.store
        message = passable(incoming)
        if incoming.edits or message is None:
            await visit.answer(visit.says("edited" if incoming.edits else "cannot_pass"))
            return
        chat, note_on = visit.received.resident.id, visit.pending.note_on
        case_id = await store.case_of_message(chat, incoming.reply_to) if incoming.reply_to else None
        # A note must never reach the resident: whoever began one and replies to that case's card writes the note.
        if note_on and message.file is None and case_id in {None, note_on}:
            await self._note(visit, note_on, message.text)
        elif case_id:
            await self._reply(visit, case_id, message)
        else:
            await self._ask(visit, message)

    async def send_unsent(self, visit: Visit, case_id: str) -> None:
        """Sends what waited for its case, oldest first; each message leaves the waiting ones as it is sent."""
        unsent = visit.pending.unsent
        if not unsent and not _was_sent(visit):
            await visit.answer(visit.says("nothing_kept"))
            return
        translators = set()
        for index, message in enumerate(unsent):
            rest = Pending(unsent[index + 1 :])
            try:
                said = await self._work.reply(
                    visit.worker, case_id, message.text, message.file, also=_leaving(visit, rest)
                )
            except CaseError as error:
                await visit.answer(await refusal(visit, error, case_id, sending=True))
                return
            visit.conversation = visit.conversation.but(pending=rest)
            translators.add(said.translator)
        await self._sent(visit, case_id, failed=FAILED in translators)

    async def _reply(self, visit: Visit, case_id: str, message: Unsent) -> None:
        if _was_sent(visit):
            await self._sent(visit, case_id, failed=False)
            return
        try:
            said = await self._work.reply(
                visit.worker, case_id, message.text, message.file, also=_leaving(visit, visit.pending)
            )
        except CaseError as error:
            kept = _with(visit, message) if can_be_reopened(visit, await visit.office.store.case(case_id)) else None
            await visit.answer(await refusal(visit, error, case_id, sending=True), pending=kept)
            return
        await self._sent(visit, case_id, failed=said.translator == FAILED)

    async def _sent(self, visit: Visit, case_id: str, *, failed: bool) -> None:
        case = await visit.office.store.case(case_id)
        if case is not None:
            key = "sent_failed_translation" if failed else "sent"
            await visit.answer(visit.says(key, about=case, number=case.number))

    async def _note(self, visit: Visit, case_id: str, text: str) -> None:
        also = visit.ending_with("noted", Pending(visit.pending.unsent))
        try:
            await self._work.note(visit.worker, case_id, text, also)
        except CaseError as error:
            await visit.answer(await refusal(visit, error, case_id), pending=Pending(visit.pending.unsent))

    async def _ask(self, visit: Visit, message: Unsent) -> None:
        cases = await visit.office.store.cases(worker=visit.worker.id, states=(State.CLAIMED,))
        own = [case for case in cases if visible(visit.worker, case)][:_MOST_SHOWN]
        if not own:
            await visit.answer(visit.says("help"))
            return
        rows = [[_send_to(visit, case)] for case in own]
        rows.append([Button(visit.words("cancel"), Press(Act.STAFF, "cancel").data)])
        if len(own) == 1:
            question = visit.says("ask_case_one", rows, number=own[0].number)
        else:
            question = visit.says("ask_case_many", rows)
        await visit.answer(question, pending=_with(visit, message))


def topic_of(visit: Visit, case: Case) -> str:
    """What a case is about, in the worker's language; "" when nobody said."""
    language = visit.office.words.language(visit.worker.language)
    return visit.office.voice.label(case.topic, language) if case.topic else ""


def _send_to(visit: Visit, case: Case) -> Button:
    words = [visit.words("send_to", number=case.number), topic_of(visit, case)]
    return Button(" · ".join(word for word in words if word), Press(Act.STAFF, "send", case.id).data)


def _with(visit: Visit, message: Unsent) -> Pending:
    return Pending((*visit.pending.unsent, message))


def _leaving(visit: Visit, rest: Pending) -> Also:
    """For a reply: kept with it is that it was sent, so that after a restart it is told and not sent twice."""

    async def also(unit: Unit, case: Case) -> None:
        del case
        await visit.remember(unit, replace(rest, sent=visit.received.id))

    return also


def _was_sent(visit: Visit) -> bool:
    """Did the process stop after the words of this message were kept, before the worker was told?"""
    return visit.pending.sent == visit.received.id


def passable(incoming: Incoming) -> Unsent | None:
    """What can be brought to a resident, or None."""
    if incoming.kind is Kind.TEXT and incoming.text.strip():
        return Unsent(incoming.text.strip())
    if incoming.kind in _WITH_FILE and incoming.file is not None:
        return Unsent(incoming.text.strip(), incoming.file)
    return None
