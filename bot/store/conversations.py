"""Conversations: what is remembered between two messages, one row per resident."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Executable

from bot.core.conversation import Conversation
from bot.store.part import Part, insert_into
from bot.store.tables import conversations


class ConversationRows(Part):
    """See `services.ports.Unit`; `take` and `held` read what is remembered."""

    async def keep_conversation(self, resident_id: str, conversation: Conversation, at: datetime) -> None:
        """Remembers a conversation."""
        row = {
            "resident_id": resident_id,
            "state_sealed": self._vault.seal(conversation.to_json()),
            "updated_at": at,
        }
        await self._connection.execute(_keeping(self._connection.dialect.name), row)


@cache
def _keeping(dialect: str) -> Executable:
    """Built once: every turn waits for it."""
    statement = insert_into(conversations, dialect)
    new = {"state_sealed": statement.excluded.state_sealed, "updated_at": statement.excluded.updated_at}
    return statement.on_conflict_do_update(index_elements=["resident_id"], set_=new)
