"""A wish for a person, before anything is known of it."""

from __future__ import annotations

from bot.core.case import Draft
from bot.core.conversation import Conversation


def begun_after(conversation: Conversation) -> Draft:
    """Nothing but where the wish came from: the answer that was read last."""
    last = conversation.last.key if conversation.last else ""
    return Draft("answer", topic=last) if last else Draft("asked")
