"""Cases: one row each, changed only by who saw its last version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Final

from sqlalchemy import func, literal, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.case import Case, State
from bot.core.errors import CaseChanged
from bot.store.case_records import CASE, case_from, case_values, latest_case
from bot.store.case_tables import is_open
from bot.store.part import Part
from bot.store.tables import cases

# What is over comes after what is open, newest first. Open ones have no time of closing.
_URGENT_FIRST: Final = (
    cases.c.closed_at.is_not(None),
    cases.c.flag.is_(None),
    cases.c.closed_at.desc(),
    cases.c.opened_at,
    cases.c.id,
)


class CaseRows(Part):
    """See `services.case_ports.CaseReads` and `CaseWrites`."""

    async def case(self, case_id: str) -> Case | None:
        """The case of this id."""
        row = (await self._connection.execute(select(*CASE).where(cases.c.id == case_id))).first()
        return case_from(row, self._vault) if row else None

    async def case_of(self, resident_id: str) -> Case | None:
        """The resident's open case; else the one that ended last; else None."""
        query = select(*CASE).where(cases.c.id == latest_case(literal(resident_id)))
        row = (await self._connection.execute(query)).first()
        return case_from(row, self._vault) if row else None

    async def cases(
        self,
        *,
        teams: Collection[str] | None = None,
        worker: str | None = None,
        states: Collection[State] = (State.WAITING, State.CLAIMED),
        limit: int = 200,
    ) -> list[Case]:
        """Cases, red flags first, then the longest waiting; of these teams and of this worker, if given."""
        query = select(*CASE).where(cases.c.state.in_(sorted(states))).order_by(*_URGENT_FIRST).limit(limit)
        if teams is not None:
            query = query.where(cases.c.team_id.in_(sorted(teams)))
        if worker is not None:
            query = query.where(func.coalesce(cases.c.worker_id, "") == worker)
        return [case_from(row, self._vault) for row in await self._connection.execute(query)]

    async def due_cases(self, now: datetime) -> list[Case]:
        """Open cases whose `due_at` has come."""
        query = select(*CASE).where(is_open, cases.c.due_at <= now).order_by(*_URGENT_FIRST)
        return [case_from(row, self._vault) for row in await self._connection.execute(query)]

    async def load(self) -> Mapping[str, int]:
        """How many claimed cases every worker has: worker id → number."""
        query = (
            select(cases.c.worker_id, func.count())
            .where(cases.c.state == State.CLAIMED, cases.c.worker_id.is_not(None))
            .group_by(cases.c.worker_id)
        )
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def keep_case(self, case: Case) -> None:
        """A new case (version 1), or the next version of one.

        Raises CaseChanged when another version was kept meanwhile, or the resident has an open case already.
        """
        kept = await (self._insert_case(case) if case.version == 1 else self._update_case(case))
        if not kept:
            raise CaseChanged("Somebody else changed this case a moment ago. Look again.")

    async def keep_phone(self, case_id: str, phone: str) -> None:
        """The number a resident gave for this case; "" wipes it."""
        sealed = self._sealed(phone)
        await self._connection.execute(update(cases).where(cases.c.id == case_id).values(phone_sealed=sealed))

    async def keep_thread(self, case_id: str, chat_id: str) -> bool:
        """The case's topic in its team's group; "" for none. False when it has one already. It makes no version."""
        statement = update(cases).where(cases.c.id == case_id).values(thread_id=chat_id or None)
        if chat_id:  # two servers that open a topic at once: one of the two is the case's
            statement = statement.where(cases.c.thread_id.is_(None))
        return (await self._connection.execute(statement)).rowcount > 0

    async def leave_threads(self, team_id: str) -> None:
        """No case of this team has a topic any more: the team has another group, or none."""
        await self._connection.execute(update(cases).where(cases.c.team_id == team_id).values(thread_id=None))

    async def phone(self, case_id: str) -> str:
        """That number, or "". Whoever asks must log it (`log_event`)."""
        query = select(cases.c.phone_sealed).where(cases.c.id == case_id)
        return self._vault.open((await self._connection.execute(query)).scalar() or "")

    async def _insert_case(self, case: Case) -> bool:
        statement = self._insert(cases).values(
            id=case.id,
            resident_id=case.resident or None,
            opened_at=case.opened_at,
            phone_sealed="",
            **case_values(case, self._vault),
        )
        query = statement.on_conflict_do_nothing().returning(cases.c.id)
        return (await self._connection.execute(query)).scalar() is not None

    async def _update_case(self, case: Case) -> bool:
        statement = (
            update(cases)
            .where(cases.c.id == case.id, cases.c.version == case.version - 1)
            .values(**case_values(case, self._vault))
        )
        try:
            async with self._surviving():
                return (await self._connection.execute(statement)).rowcount > 0
        except IntegrityError as error:
            if "unique" not in str(error.orig).lower():  # both databases call it so
                raise
            return False

    def _surviving(self) -> AbstractAsyncContextManager[object]:
        # PostgreSQL ends a whole transaction at a refused statement, unless a savepoint stands before it.
        return self._connection.begin_nested() if self._connection.dialect.name == "postgresql" else nullcontext()
