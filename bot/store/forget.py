"""How a resident leaves: their texts at once, their cases without a trace to them, their address at the end."""

from __future__ import annotations

from sqlalchemy import case, delete, func, select, update

from bot.core.case import State
from bot.store.cards import CardRows
from bot.store.case_tables import is_open
from bot.store.residents import ResidentRows
from bot.store.tables import case_messages, cases, conversations, inbox, outbox, residents, teams, workers


class ForgetRows(ResidentRows, CardRows):
    """See `services.ports.Unit`."""

    async def forget(self, resident_id: str, keep_address: bool) -> None:
        """Erases a resident. With `keep_address` only until the last message to them is delivered."""
        run = self._connection.execute
        await run(
            update(inbox).where(inbox.c.resident_id == resident_id).values(body_sealed="", done=True, resident_id=None)
        )
        await self._leave_cases(resident_id)
        await run(update(workers).where(workers.c.chat_id == resident_id).values(chat_id=None))
        await run(update(teams).where(teams.c.group_id == resident_id).values(group_id=None))
        if not keep_address:  # conversation and outbox go with the row they hang on
            await run(delete(residents).where(residents.c.id == resident_id))
            return
        await run(delete(conversations).where(conversations.c.resident_id == resident_id))
        await run(delete(outbox).where(outbox.c.resident_id == resident_id, outbox.c.state != "waiting"))
        await self._change(resident_id, forget_when_delivered=True)
        await self._let_go(resident_id)

    async def _leave_cases(self, resident_id: str) -> None:
        """Withdraws what is open and wipes what was said; the logs stay. A new version: older copies are refused."""
        theirs = select(cases.c.id).where(cases.c.resident_id == resident_id)
        ids = set((await self._connection.execute(theirs)).scalars())
        if not ids:
            return
        await self._drop_cards(ids)
        await self._connection.execute(delete(case_messages).where(case_messages.c.case_id.in_(theirs)))
        asked_at = select(residents.c.last_message_at).where(residents.c.id == resident_id).scalar_subquery()
        await self._connection.execute(
            update(cases)
            .where(cases.c.resident_id == resident_id)
            .values(
                resident_id=None,
                when_sealed="",
                phone_sealed="",
                follow_up=False,
                due_at=None,
                state=case((is_open, State.WITHDRAWN.value), else_=cases.c.state),
                worker_id=case((is_open, None), else_=cases.c.worker_id),
                closed_at=func.coalesce(cases.c.closed_at, asked_at, cases.c.changed_at),
                changed_at=func.coalesce(asked_at, cases.c.changed_at),
                version=cases.c.version + 1,
            )
        )
