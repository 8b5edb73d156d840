"""In a group anybody reads along: general information only, nothing kept, nothing personal."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.conversation import Conversation
from bot.core.message import Incoming
from bot.services.turns.respond import Respond
from bot.services.turns.turn import Turn

PRIVATE: Final = "utter_group_private"
# Account matters and talk about a person, which belong in a private chat.
_PERSONAL: Final = {
    "my_data", "forget_me", "talk_to_person", "complaint", "helpful_no",
    "set_reminder", "stop_reminders", "report_rumour",
    "ask_case_area", "ask_case_consent", "case_safe_question", "case_sent",
}  # fmt: skip
_OPEN_FLAGS: Final = {"danger_to_life", "poisoning"}


async def answer_in_group(respond: Respond, resident: str, incoming: Incoming, conversation: Conversation) -> Turn:
    """The turn for a message in a group: a worry or a personal matter gets one neutral line without its subject."""
    turn = await respond(resident, incoming, replace(conversation, welcomed=True))
    voice = respond.voice
    keys = {key.removeprefix("utter_") for key in turn.said} | ({turn.ask_store} if turn.ask_store else set())
    worries = {key for key in keys if key in voice.content.topics and voice.content.topics[key].kind == "W"}
    if turn.flag is not None and turn.flag.value in _OPEN_FLAGS:
        return turn
    if turn.flag is not None or worries or keys & _PERSONAL:
        line = voice.phrase(PRIVATE, turn.language)
        return Turn(conversation, (line,), (PRIVATE,), flag=turn.flag)
    return turn
