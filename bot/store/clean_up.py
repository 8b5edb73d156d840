"""What has been kept long enough goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, delete, or_

from bot.store.part import Part
from bot.store.residents import something_waits
from bot.store.tables import conversations, inbox, outbox, residents

# Traces without text of messages dealt with: Telegram repeats an update for at most a day.
TRACES: Final = timedelta(days=2)


class OldRows(Part):
    """The clean-up that `buurtvraag` does by the clock."""

    async def clean_up(self, now: datetime, keep: timedelta) -> int:
        """Erases what is older than `keep`: messages, conversations, residents. Traces go after TRACES.

        Returns rows erased.
        """
        old, old_trace = now - keep, now - min(TRACES, keep)
        gone = 0
        for statement in (
            delete(outbox).where(
                or_(
                    outbox.c.created_at < old,
                    and_(outbox.c.state != "waiting", outbox.c.created_at < old_trace),
                )
            ),
            delete(inbox).where(or_(inbox.c.received_at < old, and_(inbox.c.done, inbox.c.received_at < old_trace))),
            delete(conversations).where(conversations.c.updated_at < old),
            delete(residents).where(
                or_(
                    residents.c.last_message_at < old,
                    and_(residents.c.forget_when_delivered, ~something_waits()),
                )
            ),
        ):
            gone += (await self._connection.execute(statement)).rowcount
        return gone
