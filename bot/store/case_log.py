"""What was said and done in a case: messages, which can be wiped, and events, which stay."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.core.case import Author, Event, Said
from bot.core.message import File
from bot.services.case_ports import CaseFile
from bot.store.cards import CardRows
from bot.store.cases import CaseRows
from bot.store.records import words_from_json, words_to_json
from bot.store.tables import case_events, case_messages


class CaseLogRows(CaseRows, CardRows):
    """See `services.case_ports.CaseReads` and `CaseWrites`."""

    async def case_file(self, case_id: str) -> CaseFile | None:
        """A case with everything in it."""
        # The case is read first: whoever acts on what came between has an outdated version, and is refused.
        case = await self.case(case_id)
        if case is None:
            return None
        run = self._connection.execute
        said = await run(select(case_messages).where(case_messages.c.case_id == case_id).order_by(case_messages.c.id))
        done = await run(select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.id))
        events = tuple(Event(row.what, row.at, row.worker_id, row.detail) for row in done)
        return CaseFile(case, tuple(map(self._said, said)), events, has_phone=bool(await self.phone(case_id)))

    async def files(self) -> list[File]:
        """Every file that was sent along in a case that is still kept."""
        bodies = await self._connection.execute(select(case_messages.c.body_sealed).where(case_messages.c.has_file))
        found = [words_from_json(self._vault.open(body))[1] for body in bodies.scalars()]
        return [file for file in found if file is not None]

    async def add_said(self, case_id: str, said: Said) -> int:
        """Adds a message; returns its id."""
        query = (
            insert(case_messages)
            .values(
                case_id=case_id,
                author=said.author,
                worker_id=said.worker,
                language=said.language,
                said_at=said.at,
                body_sealed=self._vault.seal(words_to_json(said.text, said.file)),
                translation_sealed=self._sealed(said.translation),
                translator=said.translator,
                has_file=said.file is not None,
            )
            .returning(case_messages.c.id)
        )
        said_id: int = (await self._connection.execute(query)).scalar_one()
        return said_id

    async def keep_translation(self, said_id: int, translation: str, translator: str) -> None:
        """The translation of a message that came later."""
        values = {"translation_sealed": self._sealed(translation), "translator": translator}
        await self._connection.execute(update(case_messages).where(case_messages.c.id == said_id).values(values))

    async def wipe_said(self, case_id: str) -> None:
        """Everything said in a case and its number: the resident withdrew it."""
        await self._connection.execute(delete(case_messages).where(case_messages.c.case_id == case_id))
        await self._drop_cards({case_id})
        await self.keep_phone(case_id, "")

    async def log_event(self, case_id: str, event: Event) -> None:
        """Adds a line to the log of a case."""
        row = {"worker_id": event.worker, "what": event.what, "detail": event.detail, "at": event.at}
        await self._connection.execute(insert(case_events).values(case_id=case_id, **row))

    def _said(self, row: Row[*tuple[Any, ...]]) -> Said:
        text, file = words_from_json(self._vault.open(row.body_sealed))
        return Said(
            author=Author(row.author),
            text=text,
            language=row.language,
            at=row.said_at,
            worker=row.worker_id,
            translation=self._vault.open(row.translation_sealed),
            translator=row.translator,
            file=file,
            id=row.id,
        )
