"""Which messages in workers' chats are about which case: a reply finds its resident, and they can be deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, select

from bot.store.part import Part
from bot.store.schema import Moment
from bot.store.tables import cases, residents, sent_messages


class SentRows(Part):
    """See `services.case_ports.CaseReads` and `CaseWrites`."""

    async def case_of_message(self, chat_id: str, message_id: str) -> str | None:
        """The case that a message sent to a worker's chat was about."""
        query = select(sent_messages.c.case_id).where(_this(chat_id, message_id))
        return (await self._connection.execute(query)).scalar()

    async def sent_before(self, moment: datetime) -> list[tuple[str, str]]:
        """(chat id, message id) of messages about cases sent to workers before a moment, still there."""
        query = (
            select(sent_messages.c.chat_id, sent_messages.c.message_id)
            .where(sent_messages.c.sent_at < moment)
            .order_by(sent_messages.c.sent_at)
        )
        return [(row[0], row[1]) for row in await self._connection.execute(query)]

    async def remember_sent(self, chat_id: str, case_id: str, message_ids: Sequence[str], at: datetime) -> None:
        """Which messages in a worker's chat are about which case."""
        # The message is out already: that its case or chat went meanwhile must not have it sent again.
        row = select(residents.c.id, bindparam("message"), cases.c.id, bindparam("at", type_=Moment))
        here = row.join_from(residents, cases, cases.c.id == case_id).where(residents.c.id == chat_id)
        columns = ["chat_id", "message_id", "case_id", "sent_at"]
        statement = self._insert(sent_messages).from_select(columns, here).on_conflict_do_nothing()
        for message_id in message_ids:
            await self._connection.execute(statement, {"message": message_id, "at": at})

    async def forget_sent(self, chat_id: str, message_id: str) -> None:
        """The message was deleted there."""
        await self._connection.execute(delete(sent_messages).where(_this(chat_id, message_id)))


def _this(chat_id: str, message_id: str) -> ColumnElement[bool]:
    return and_(sent_messages.c.chat_id == chat_id, sent_messages.c.message_id == message_id)
