"""What a worker began survives a restart, and a conversation of an older version has nothing pending."""

from __future__ import annotations

import json

from bot.core.conversation import Conversation
from bot.core.message import File, Kind
from bot.core.pending import Pending, Unsent


def test_what_waits_for_its_case_is_kept_with_its_file() -> None:
    photo = File("telegram", "p1", Kind.PHOTO, 100, "huis.jpg")
    begun = Conversation(pending=Pending((Unsent("Een."), Unsent("", photo)), note_on="c1"))
    assert Conversation.from_json(begun.to_json()) == begun


def test_an_older_conversation_has_nothing_pending() -> None:
    older = json.dumps({"chosen": "nl", "welcomed": True})
    assert Conversation.from_json(older) == Conversation(chosen="nl", welcomed=True)
