"""The outbox: what waits to be delivered, in order, its text until it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, insert, select, update

from bot.core.message import Outgoing
from bot.services.ports import Delivery
from bot.store.records import outgoing_from_json, outgoing_to_json
from bot.store.residents import RESIDENT, ResidentRows
from bot.store.tables import outbox, residents

_LONGEST_REASON: Final = 40  # the width of its column

# Built once: every turn waits for them.
_DUE: Final = (
    select(outbox.c.id, outbox.c.body_sealed, outbox.c.not_before, outbox.c.attempts, *RESIDENT)
    .join_from(outbox, residents)
    .where(outbox.c.resident_id == bindparam("resident"), outbox.c.state == "waiting")
    .order_by(outbox.c.id)
)
_LEAVING: Final = select(residents.c.forget_when_delivered).where(residents.c.id == outbox.c.resident_id)
_CLOSE: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("closed"))
    .values(state=bindparam("ended"), reason=bindparam("because"), body_sealed="")
    .returning(outbox.c.resident_id, _LEAVING.scalar_subquery().label("leaving"))
)


class OutboxRows(ResidentRows):
    """See `services.ports.Unit` and `Store`."""

    async def post(self, resident_id: str, messages: Sequence[Outgoing], at: datetime) -> None:
        """Puts messages in the outbox; ids grow in the order of posting."""
        rows = [
            {
                "resident_id": resident_id,
                "body_sealed": self._vault.seal(outgoing_to_json(message)),
                "created_at": at,
                "not_before": at,
                "attempts": 0,
                "state": "waiting",
                "reason": "",
            }
            for message in messages
        ]
        if rows:
            await self._connection.execute(insert(outbox), rows)

    async def delivered(self, outbox_id: int) -> None:
        """Marks a message as delivered and wipes its text; the last one lets a forgotten resident go."""
        await self._close(outbox_id, "delivered", "")

    async def give_up(self, outbox_id: int, reason: str) -> None:
        """Marks a message as undeliverable, for a reason that holds no text, and wipes it."""
        await self._close(outbox_id, "refused", reason[:_LONGEST_REASON])

    async def postpone(self, outbox_id: int, until: datetime) -> None:
        """Counts a failed attempt; the message is not tried again before `until`."""
        await self._connection.execute(
            update(outbox).where(outbox.c.id == outbox_id).values(attempts=outbox.c.attempts + 1, not_before=until)
        )

    async def due_deliveries(self, resident_id: str, now: datetime) -> list[Delivery]:
        """What may be delivered to a resident now, in order; nothing while an earlier one waits."""
        due: list[Delivery] = []
        for row in await self._connection.execute(_DUE, {"resident": resident_id}):
            if row.not_before > now:
                break
            outgoing = outgoing_from_json(self._vault.open(row.body_sealed))
            due.append(Delivery(row.id, self._resident(row), outgoing, row.attempts))
        return due

    async def waiting_residents(self) -> list[tuple[str, datetime]]:
        """(resident id, when the next message may be tried) for all that the outbox still holds."""
        query = (
            select(outbox.c.resident_id, func.min(outbox.c.not_before))
            .where(outbox.c.state == "waiting")
            .group_by(outbox.c.resident_id)
        )
        return [(row[0], row[1]) for row in await self._connection.execute(query)]

    async def _close(self, outbox_id: int, state: str, reason: str) -> None:
        closing = {"closed": outbox_id, "ended": state, "because": reason}
        row = (await self._connection.execute(_CLOSE, closing)).first()
        if row is not None and row.leaving:
            await self._let_go(row.resident_id)
