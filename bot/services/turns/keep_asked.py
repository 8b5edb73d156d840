"""A question that got no answer is kept for the editors: scrubbed, and without who asked it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import structlog

from bot.core.conversation import Conversation
from bot.core.language import LANGUAGES
from bot.core.message import Kind
from bot.core.normalise import normalise
from bot.core.scrub import GONE, scrub
from bot.services.ports import Received
from bot.services.turns.known_words import KnownWords
from bot.services.turns.turn import Turn

log = structlog.get_logger("asked")
UNANSWERED: Final = frozenset(
    {"utter_not_understood", "utter_not_understood_person", "utter_did_you_mean", "utter_out_of_scope"}
)
OFFERED: Final = 3
_WORDS: Final = 2  # of which something must be left when something was taken out


@dataclass(frozen=True, slots=True)
class Question:
    """What is kept of a message: see `ContentWrites.keep_asked`."""

    text: str
    language: str
    offered: tuple[str, ...]


class KeepAsked:
    """Call it before the turn is kept; what it gives is written with it."""

    def __init__(self, known: KnownWords) -> None:
        self._known = known

    async def __call__(self, received: Received, before: Conversation, turn: Turn) -> Question | None:
        """The question to keep; None when it was answered, or is part of talk with a person. Never raises."""
        if not _to_keep(received, before, turn):
            return None
        try:
            text = await asyncio.to_thread(scrub, received.incoming.text, self._known)
        except Exception as error:  # noqa: BLE001 - the border: the resident's answer does not hang on this
            log.error("question not scrubbed", inbox=received.id, error=type(error).__name__)
            return None
        left = normalise(text).split()
        if not left or (GONE in text and len(left) < _WORDS):
            return None
        return Question(text, _language(turn), _offered(turn))


def _to_keep(received: Received, before: Conversation, turn: Turn) -> bool:
    incoming, in_case = received.incoming, received.case is not None and received.case.open
    if incoming.kind is not Kind.TEXT or received.resident.in_group or received.worker or received.topic or in_case:
        return False
    if turn.flag is not None or turn.send is not None or turn.case is not None:
        return False
    if _making(before) or _making(turn.conversation) or turn.understanding.foreign:
        return False
    return bool(UNANSWERED & set(turn.said) and turn.understanding.ranking)


def _making(conversation: Conversation) -> bool:
    """Is a case being made? What was only offered is none yet."""
    return conversation.draft is not None and not conversation.draft.offered


def _language(turn: Turn) -> str:
    spoken = turn.conversation.spoken
    return spoken if spoken in LANGUAGES else turn.conversation.prior.best


def _offered(turn: Turn) -> tuple[str, ...]:
    return turn.offered or tuple(guess.key for guess in turn.understanding.ranking[:OFFERED])
