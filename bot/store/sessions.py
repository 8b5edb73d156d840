"""What lets a worker in without a password: sessions, and secrets that work once. Only hashes are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, update

from bot.services.case_ports import Session
from bot.store.tables import audit, sessions, tokens, workers
from bot.store.workers import WORKER, WorkerRows


class SessionRows(WorkerRows):
    """See `services.case_ports.StaffReads` and `StaffWrites`."""

    async def session(self, token: str, now: datetime) -> Session | None:
        """A session that has not ended, by its token.

        None also for who left: an open page must not outlive the job.
        """
        query = (
            WORKER.add_columns(sessions.c.case_id, sessions.c.used_at)
            .join(sessions, sessions.c.worker_id == workers.c.id)
            .where(sessions.c.token_hash == self._session_hash(token), sessions.c.ends_at > now, workers.c.active)
        )
        rows = (await self._connection.execute(query)).all()
        return Session(self._worker(rows), rows[0].case_id, rows[0].used_at) if rows else None

    async def use_session(self, token: str, at: datetime) -> None:
        """Somebody asked for a page with it."""
        statement = update(sessions).where(sessions.c.token_hash == self._session_hash(token)).values(used_at=at)
        await self._connection.execute(statement)

    async def open_session(self, token: str, worker_id: str, ends_at: datetime, case_id: str = "") -> None:
        """A session; only a hash of the token is kept."""
        row = {"token_hash": self._session_hash(token), "worker_id": worker_id, "case_id": case_id, "ends_at": ends_at}
        await self._connection.execute(insert(sessions).values(row))

    async def end_session(self, token: str) -> None:
        """Logged out."""
        await self._connection.execute(delete(sessions).where(sessions.c.token_hash == self._session_hash(token)))

    async def end_sessions(self, worker_id: str) -> None:
        """All sessions of somebody, and the secrets that open new ones: their password changed, or they left."""
        await self._connection.execute(delete(sessions).where(sessions.c.worker_id == worker_id))
        await self._connection.execute(delete(tokens).where(tokens.c.worker_id == worker_id))

    async def give_token(self, token: str, purpose: str, worker_id: str, ends_at: datetime, case_id: str = "") -> None:
        """A single-use secret ("link" a Telegram chat, "login" to a case, "invite"); only its hash is kept."""
        row = {"purpose": purpose, "worker_id": worker_id, "case_id": case_id, "ends_at": ends_at}
        await self._connection.execute(insert(tokens).values(token_hash=self._token_hash(token, purpose), **row))

    async def use_token(self, token: str, purpose: str, now: datetime) -> tuple[str, str] | None:
        """(worker id, case id) of a token, which works no second time; None if it is unknown, used or too old."""
        query = (
            delete(tokens)
            .where(tokens.c.token_hash == self._token_hash(token, purpose), tokens.c.ends_at > now)
            .returning(tokens.c.worker_id, tokens.c.case_id)
        )
        row = (await self._connection.execute(query)).first()
        return (row.worker_id, row.case_id) if row else None

    async def audit(self, worker_id: str, what: str, about: str, at: datetime) -> None:
        """Who did what on the desk, for 24 months."""
        await self._connection.execute(insert(audit).values(worker_id=worker_id, what=what, about=about, at=at))

    def _session_hash(self, token: str) -> str:
        return self._vault.fingerprint(f"session:{token}")

    def _token_hash(self, token: str, purpose: str) -> str:
        return self._vault.fingerprint(f"{purpose}:{token}")
