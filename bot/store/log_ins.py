"""What a log-in is checked against."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from bot.services.case_ports import Credentials
from bot.store.staff_records import credentials_from
from bot.store.tables import workers
from bot.store.workers import WORKER, WorkerRows


class LogInRows(WorkerRows):
    """See `services.case_ports.StaffReads` and `StaffWrites`."""

    async def credentials(self, email: str) -> Credentials | None:
        """For a log-in; `email` in any letters."""
        query = WORKER.where(workers.c.email_hash == self._email_hash(email))
        rows = (await self._connection.execute(query)).all()
        return credentials_from(rows[0], self._worker(rows), self._vault) if rows else None

    async def keep_credentials(
        self, worker_id: str, *, password_hash: str | None = None, totp: str | None = None, totp_last: int | None = None
    ) -> None:
        """A new password or second factor; None leaves what is there."""
        sealed = None if totp is None else self._sealed(totp)
        given = {"password_hash": password_hash, "totp_sealed": sealed, "totp_last": totp_last}
        values = {name: value for name, value in given.items() if value is not None}
        if values:
            await self._change_worker(worker_id, **values)

    async def use_code(self, worker_id: str, step: int) -> bool:
        """Uses up a code of the second factor, by its time step; False when it or a later one was used already.

        One statement: of two log-ins at the same moment one finds it used.
        """
        unused = (workers.c.id == worker_id) & (workers.c.totp_last < step)
        statement = update(workers).where(unused).values(totp_last=step)
        return (await self._connection.execute(statement)).rowcount > 0

    async def count_failure(self, worker_id: str, locked_until: datetime | None) -> None:
        """A log-in that failed."""
        await self._change_worker(worker_id, failures=workers.c.failures + 1, locked_until=locked_until)

    async def reset_failures(self, worker_id: str) -> None:
        """A log-in that succeeded."""
        await self._change_worker(worker_id, failures=0, locked_until=None)

    async def _change_worker(self, worker_id: str, **values: object) -> None:
        await self._connection.execute(update(workers).where(workers.c.id == worker_id).values(**values))
