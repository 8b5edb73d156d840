"""Questions without an answer: encrypted, and by nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from bot.core.asked import Asked, Filed
from bot.store.content_tables import asked
from bot.store.part import Part


class AskedRows(Part):
    """See `services.content_ports.ContentReads` and `ContentWrites`."""

    async def asked(self, state: Filed | None = Filed.OPEN, limit: int = 2000) -> list[Asked]:
        """Questions without an answer, newest first; None for every state. Of `at` only the day is kept (UTC)."""
        query = select(asked).order_by(asked.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(asked.c.state == state.value)
        return [
            Asked(
                id=row.id,
                text=self._vault.open(row.text_sealed),
                language=row.language,
                offered=tuple(row.offered.split(",")) if row.offered else (),
                at=row.at,
                state=Filed(row.state),
                topic=row.topic,
            )
            for row in await self._connection.execute(query)
        ]

    async def keep_asked(self, text: str, language: str, offered: Sequence[str], at: datetime) -> None:
        """A question without an answer; `text` is scrubbed already."""
        row = {
            "text_sealed": self._sealed(text),
            "language": language,
            "offered": ",".join(offered),
            # A second would lead to the resident who wrote in that second.
            "at": at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0),
            "state": Filed.OPEN.value,
            "topic": "",
        }
        await self._connection.execute(insert(asked).values(row))

    async def file_asked(self, ids: Collection[int], state: Filed, topic: str = "") -> int:
        """What an editor did with questions; returns how many were still open. The others stay as they are."""
        still_open = (asked.c.id.in_(sorted(ids)), asked.c.state == Filed.OPEN.value)
        statement = update(asked).where(*still_open).values(state=state.value, topic=topic)
        return (await self._connection.execute(statement)).rowcount
