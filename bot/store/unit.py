"""One transaction of the Store port, in SQL: the statements on all nouns together."""

from __future__ import annotations

from bot.store.clean_up import OldRows
from bot.store.conversations import ConversationRows
from bot.store.inbox import InboxRows
from bot.store.outbox import OutboxRows


class SqlUnit(InboxRows, OutboxRows, ConversationRows, OldRows):
    """See `services.ports.Unit`."""
