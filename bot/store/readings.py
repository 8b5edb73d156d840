"""What was read aloud with people, and whether they understood it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import insert, select

from bot.core.revision import Reading
from bot.store.content_tables import readings
from bot.store.part import Part

_NEWEST_FIRST: Final = select(readings).order_by(readings.c.at.desc(), readings.c.id.desc())


class ReadingRows(Part):
    """See `services.content_ports.ContentReads` and `ContentWrites`."""

    async def readings(self, key: str = "") -> list[Reading]:
        """What was read with people, newest first; of one answer or of all."""
        query = _NEWEST_FIRST.where(readings.c.key == key) if key else _NEWEST_FIRST
        return [
            Reading(
                key=row.key,
                language=row.language,
                group=row.group_name,
                understood=row.understood,
                word=row.word,
                worker=row.worker_id,
                at=row.at,
                id=row.id,
            )
            for row in await self._connection.execute(query)
        ]

    async def keep_reading(self, reading: Reading) -> None:
        """What was read with somebody."""
        row = {
            "key": reading.key,
            "language": reading.language,
            "group_name": reading.group,
            "understood": reading.understood,
            "word": reading.word,
            "worker_id": reading.worker,
            "at": reading.at,
        }
        await self._connection.execute(insert(readings).values(row))
