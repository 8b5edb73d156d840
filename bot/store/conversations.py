"""Conversations: what is remembered between two messages, one row per resident."""

from __future__ import annotations

from datetime import datetime

from bot.core.conversation import Conversation
from bot.store.part import Part
from bot.store.tables import conversations


class ConversationRows(Part):
    """See `services.ports.Unit`; `take` and `held` read what is remembered."""

    async def keep_conversation(self, resident_id: str, conversation: Conversation, at: datetime) -> None:
        """Remembers a conversation."""
        values = {"state_sealed": self._vault.seal(conversation.to_json()), "updated_at": at}
        statement = self._insert(conversations).values(resident_id=resident_id, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["resident_id"], set_=values))
