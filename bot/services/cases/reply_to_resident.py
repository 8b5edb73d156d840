"""What a worker writes to a resident: kept in the case and put on its way in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.answer import Voice
from bot.core.case import OPEN, Author, Case, Said, State
from bot.core.content import isolated
from bot.core.errors import CaseChanged, IllegalMove
from bot.core.message import File, Outgoing
from bot.core.team import Worker
from bot.services.case_ports import StaffReads
from bot.services.cases.case_access import find_case, holder
from bot.services.cases.case_change import Also, Change, keep_change, nothing_else
from bot.services.cases.claim_case import take
from bot.services.cases.office import Office
from bot.services.translate import FAILED, Translate, Translated

OUT_OF_REACH: Final = "out of reach"  # `IllegalMove.state` when the resident blocked the assistant


class ReplyToResident:
    """A worker who answers a waiting case of their team has it from then on."""

    def __init__(self, office: Office, translate: Translate) -> None:
        self._office = office
        self._translate = translate

    async def __call__(
        self,
        worker: Worker,
        case_id: str,
        text: str,
        file: File | None = None,
        translation: str = "",
        also: Also = nothing_else,
    ) -> Said:
        """What was said, as it was kept. `translation` is a text of our own in the resident's language.

        Raises CaseUnknown, IllegalMove when the case is over, CaseChanged that names who else has it, and
        IllegalMove with the state OUT_OF_REACH when it was kept but the resident blocked the assistant.
        """
        case = await find_case(self._office.store, worker, case_id)
        await _may_answer(self._office.store, worker, case)
        made = Translated(translation) if translation else await self._translated(worker, case, text)
        said = Said(
            Author.WORKER, text.strip(), worker.language, case.changed_at, worker.id, made.text, made.translator, file
        )
        kept = said

        async def do(change: Change) -> None:
            nonlocal kept
            kept = await _send(change, worker, said)

        change = await keep_change(self._office, worker, case_id, do, also)
        if not await self._arrives(change):
            raise IllegalMove(OUT_OF_REACH, "answered: the resident blocked the assistant")
        change.signal()
        return kept

    async def _translated(self, worker: Worker, case: Case, text: str) -> Translated:
        """Before the transaction: a service may take its time."""
        names = (worker.name, worker.neighbourhood)
        known = tuple(name for name in names if name)
        return await self._translate(text, worker.language, case.language, agreed=case.translator, names=known)

    async def _arrives(self, change: Change) -> bool:
        """Whether the resident can be reached; what was posted to one who cannot is dropped again."""
        store, resident = self._office.store, change.case.resident
        # What was just posted comes with what is known of the resident; for one who blocked us nothing else waits.
        waiting = await store.due_deliveries(resident, change.now)
        if not any(delivery.resident.stopped for delivery in waiting):
            return True
        async with store.unit() as unit:
            await unit.stop(resident)
        change.signal()
        return False


async def _send(change: Change, worker: Worker, said: Said) -> Said:
    """The reply within a change; first the claim, when nobody had the case."""
    await _may_answer(change.unit, worker, change.case)
    if not said.text and said.file is None:
        raise IllegalMove(change.case.state, "answered with nothing")
    if change.case.state is State.WAITING:
        await take(change, worker)
    case, now = change.case, change.now
    said = replace(said, at=now)
    number = await change.unit.add_said(case.id, said)
    await change.keep(case.but(now, worker_at=now, answered_at=case.answered_at or now))
    await change.log("replied")
    await change.tell_resident(worded(change.office.voice, case, worker.name, said))
    return replace(said, id=number)


async def _may_answer(reads: StaffReads, worker: Worker, case: Case) -> None:
    if case.state not in OPEN or not case.resident:
        raise IllegalMove(case.state, "answered")
    if case.state is State.CLAIMED and case.worker != worker.id:
        raise CaseChanged(f"{await holder(reads, case)} has this case now.")


def worded(voice: Voice, case: Case, name: str, said: Said) -> Outgoing:
    """A worker's message as the resident gets it: the name, a translation if there is one, and the original.

    A translation without a translator is a text of our own: then the original says nothing more.
    """
    language = case.language
    blocks = [f"{isolated(name, language)}:\n{said.translation or said.text}".strip()]
    if said.translator == FAILED:
        blocks.append(voice.phrase("utter_case_translation_failed", language).text)
    elif said.translator:
        label = voice.phrase("utter_case_translated", language, service=said.translator).text
        blocks.append(f"{label}\n{said.text}")
    return Outgoing("\n\n".join(blocks), language, key="case_reply", file=said.file, protect=case.quiet)
