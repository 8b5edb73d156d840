"""Messages about a case that still wait for a worker: they go when the resident takes back what was said."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select, update

from bot.store.part import Part
from bot.store.records import outgoing_from_json
from bot.store.tables import cases, outbox, workers


class CardRows(Part):
    """Only the sealed text tells which case a message is about; few wait, so they are read."""

    async def _drop_cards(self, case_ids: Collection[str]) -> None:
        chats = select(workers.c.chat_id).where(workers.c.chat_id.is_not(None))
        topics = select(cases.c.thread_id).where(cases.c.thread_id.is_not(None))
        query = (
            select(outbox.c.id, outbox.c.body_sealed)
            .where(outbox.c.state == "waiting")
            .where(or_(outbox.c.resident_id.in_(chats), outbox.c.resident_id.in_(topics)))
        )
        waiting = (await self._connection.execute(query)).all()
        gone = [row.id for row in waiting if outgoing_from_json(self._vault.open(row.body_sealed)).case in case_ids]
        if gone:
            dropped = {"state": "refused", "reason": "withdrawn", "body_sealed": ""}
            await self._connection.execute(update(outbox).where(outbox.c.id.in_(gone)).values(**dropped))
