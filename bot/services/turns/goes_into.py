"""Is a message for a worker, or for the assistant?"""

from __future__ import annotations

from bot.core.case import Case
from bot.core.conversation import Conversation
from bot.core.message import Incoming


def goes_into(case: Case | None, conversation: Conversation, incoming: Incoming) -> bool:
    """Is what they type for their case: an open one, or one closed lately while they ask for no other?"""
    asks = conversation.draft is not None and not conversation.draft.offered
    return case is not None and (case.open or (case.can_reopen(incoming.at) and not asks))
