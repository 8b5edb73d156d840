"""A draft that the resident agreed to send becomes a case, and the right workers hear of it."""

from __future__ import annotations

import uuid

from bot.core import case_phrases
from bot.core.case import Author, Case, Draft, Said
from bot.core.case_phrases import Places
from bot.core.errors import CaseError
from bot.core.message import Outgoing
from bot.core.triage import Flag
from bot.services.cases.case_change import Change
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff
from bot.services.ports import Unit


class OpenCase:
    """One door for all four ways in; whoever has an open case gets no second one."""

    def __init__(self, office: Office, tell: TellStaff, region: str, service: str) -> None:
        """`region` is the team for whom no area tells, `service` the translator to ask consent for, "" for none."""
        self._office, self._tell, self._region, self._service = office, tell, region, service

    async def __call__(self, unit: Unit, resident: str, draft: Draft, language: str) -> tuple[Change, list[Outgoing]]:
        """The change, to be signalled after the transaction, and what the resident is told.

        Raises CaseError without the resident's agreement, or without any team; CaseChanged when one is open.
        """
        now = self._office.clock()
        places = Places(tuple(await unit.areas()), tuple(await unit.teams()), self._region)
        team = places.team_of(draft.area)
        if not draft.agreed or team is None:
            raise CaseError("A case needs the resident's word and a team.")
        flag = Flag(draft.flag) if draft.flag else None
        case = Case(
            uuid.uuid4().hex, resident, team.id, language, now, now, draft.topic, flag, draft.area, draft.how,
            draft.when, resident_at=now,
        )  # fmt: skip
        change = Change(self._office, unit, case, "", now)
        await change.keep(case)
        if draft.phone:
            await unit.keep_phone(case.id, draft.phone)
        for file in draft.files:
            await unit.add_said(case.id, Said(Author.RESIDENT, "", language, now, file=file))
        if draft.words:  # as one message, and last: a worker's card shows the last one
            await unit.add_said(case.id, Said(Author.RESIDENT, "\n".join(draft.words), language, now))
        await change.log("opened", draft.door)
        await self._tell.within(change)
        told = [case_phrases.sent(self._office.voice, team, now, language, quiet=case.quiet)]
        if self._service and await self._speaks_another(unit, team.id, language):
            asked = case_phrases.ask_translate(self._office.voice, self._service, language)
            told.append(case_phrases.unremarkable(asked) if case.quiet else asked)
        return change, told

    async def _speaks_another(self, unit: Unit, team: str, language: str) -> bool:
        theirs = [worker for worker in await unit.workers() if team in worker.teams and worker.active]
        return not all(language in worker.languages for worker in theirs)
