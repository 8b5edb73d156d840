"""The staff: who they are, in which teams, and the chat where they are reached."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from bot.core.team import Worker
from bot.store.part import Part
from bot.store.staff_records import worker_from, worker_values
from bot.store.tables import memberships, workers

# One row per team of a worker, the teams in their order.
WORKER: Final = (
    select(workers, memberships.c.team_id).outerjoin(memberships).order_by(workers.c.id, memberships.c.position)
)


class WorkerRows(Part):
    """See `services.case_ports.StaffReads` and `StaffWrites`."""

    async def workers(self) -> list[Worker]:
        """Everybody of the staff, also who left, by name."""
        rows = (await self._connection.execute(WORKER)).all()
        found = [self._worker(list(same)) for _, same in groupby(rows, key=lambda row: row.id)]
        return sorted(found, key=lambda worker: (worker.name.casefold(), worker.id))

    async def worker(self, worker_id: str) -> Worker | None:
        """One of the staff."""
        return await self._only(workers.c.id == worker_id)

    async def worker_at(self, chat_id: str) -> Worker | None:
        """Who linked this chat."""
        return await self._only(workers.c.chat_id == chat_id)

    async def keep_worker(self, worker: Worker) -> None:
        """A new worker or a changed one (not their password)."""
        email = worker.email.strip().lower()
        values = worker_values(worker) | {"email_hash": self._email_hash(email), "email_sealed": self._sealed(email)}
        fresh = {"password_hash": "", "totp_sealed": "", "totp_last": 0, "failures": 0, "locked_until": None}
        await self._unlink(worker.chat)
        statement = self._insert(workers).values(id=worker.id, **values, **fresh)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
        await self._connection.execute(delete(memberships).where(memberships.c.worker_id == worker.id))
        rows = [
            {"worker_id": worker.id, "team_id": team, "position": position}
            for position, team in enumerate(dict.fromkeys(worker.teams))
        ]
        if rows:
            await self._connection.execute(insert(memberships), rows)

    async def link_chat(self, worker_id: str, chat_id: str) -> None:
        """The worker's own chat; "" unlinks. A chat has one worker: another one's link to it goes."""
        await self._unlink(chat_id)
        await self._connection.execute(update(workers).where(workers.c.id == worker_id).values(chat_id=chat_id or None))

    async def _unlink(self, chat_id: str) -> None:
        if chat_id:
            await self._connection.execute(update(workers).where(workers.c.chat_id == chat_id).values(chat_id=None))

    async def _only(self, condition: ColumnElement[bool]) -> Worker | None:
        rows = (await self._connection.execute(WORKER.where(condition))).all()
        return self._worker(rows) if rows else None

    def _worker(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> Worker:
        return worker_from(rows[0], (row.team_id for row in rows if row.team_id), self._vault)

    def _email_hash(self, email: str) -> str:
        return self._vault.fingerprint(f"email:{email.strip().lower()}")
