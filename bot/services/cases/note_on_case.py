"""A note for colleagues, which the resident never sees."""

from __future__ import annotations

from dataclasses import replace

from bot.core.case import Author, Said
from bot.core.errors import IllegalMove
from bot.core.team import Worker
from bot.services.cases.case_change import Also, Change, keep_change, nothing_else
from bot.services.cases.office import Office


class NoteOnCase:
    """Anybody who sees a case may write one, also when it is closed."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, worker: Worker, case_id: str, text: str, also: Also = nothing_else) -> Said:
        """The note as it was kept. Raises CaseUnknown, and IllegalMove for an empty one."""
        note = Said(Author.NOTE, text.strip(), worker.language, self._office.clock(), worker.id)
        number = 0

        async def do(change: Change) -> None:
            nonlocal number
            if not note.text:
                raise IllegalMove(change.case.state, "given an empty note")
            number = await change.unit.add_said(case_id, note)
            await change.log("noted")

        (await keep_change(self._office, worker, case_id, do, also)).signal()
        return replace(note, id=number)
