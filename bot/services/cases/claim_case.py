"""A worker takes a case: of several who tap at once exactly one has it."""

from __future__ import annotations

from bot.core import case_phrases
from bot.core.case import Case
from bot.core.message import Outgoing
from bot.core.team import Worker
from bot.services.cases.case_change import Also, Change, change_case, nothing_else
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import team_of, told_of


class ClaimCase:
    """The resident hears who reads along now; the others who were told hear that it is taken."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, worker: Worker, case_id: str, also: Also = nothing_else) -> Case:
        """Raises IllegalMove or CaseChanged when somebody has it already (`case_access.holder` says who)."""

        async def do(change: Change) -> None:
            await take(change, worker)

        return await change_case(self._office, worker, case_id, do, also)


async def take(change: Change, worker: Worker) -> None:
    """The claim, within a change that is being made. Raises IllegalMove when the case does not wait."""
    await change.keep(change.case.claimed(worker.id, change.now))
    await change.log("claimed")
    if not change.case.quiet:  # there nothing comes unasked but the worker's own words
        who = await introduction(change, worker)
        voice = change.office.voice
        said = voice.phrase("utter_case_claimed", change.case.language, (), **who)
        await change.tell_resident(case_phrases.with_ask(voice, said))
    await change.tell_topic("taken_by", name=worker.name)
    words, case = change.office.words, change.case
    found = await change.unit.case_file(case.id)
    for worker_id in told_of(found.events) if found else []:
        other = await change.unit.worker(worker_id)
        if other is not None and other.id != worker.id:
            text = words("taken_by", other.language, number=case.number, name=worker.name)
            await change.post(other.chat, Outgoing(text, words.language(other.language), key="staff_taken_by"))


async def introduction(change: Change, worker: Worker) -> dict[str, str]:
    """Who a worker is, for the texts that residents read: name, role and neighbourhood."""
    neighbourhood = worker.neighbourhood
    if not neighbourhood:
        names = {area.postcode: area.name for area in await change.unit.areas()}
        neighbourhood = names.get(change.case.area) or (await team_of(change)).name
    return {"person_name": worker.name, "person_role": worker.title, "neighbourhood": neighbourhood}
