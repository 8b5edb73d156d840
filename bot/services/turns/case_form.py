"""Rasa's form for the talk before a case: opened, told and left; also when its session had ended meanwhile."""

from __future__ import annotations

from typing import Final

from bot.core.conversation import Conversation
from bot.core.errors import DialogueError
from bot.services.ports import Dialogue

AREA: Final = "case_area"
CONSENT: Final = "case_consent"
SKIPPED: Final = "none"
_SENT: Final = "utter_case_sent"


class CaseForm:
    """Each step gives the conversation with the form's new state in it."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    def asking(self, conversation: Conversation) -> str:
        """AREA, CONSENT, or "" when the form is not open."""
        return self._dialogue.asking(conversation.snapshot)

    async def open(self, resident: str, conversation: Conversation, area: str = "") -> Conversation:
        """The form asks for the area; where that is known, whether this may be sent. Raises DialogueError."""
        if not self.asking(conversation):
            conversation = await self._begin(resident, conversation)
        return await self.told_area(resident, conversation, area) if area else conversation

    async def told_area(self, resident: str, conversation: Conversation, area: str) -> Conversation:
        """It knows the area (or SKIPPED) and asks whether this may be sent. Raises DialogueError."""
        reply = await self._dialogue.tell(resident, conversation.snapshot, area=area)
        if reply.asking != CONSENT:  # its session had ended: nothing that was told before counts any more
            begun = await self._begin(resident, conversation.but(snapshot=reply.snapshot))
            reply = await self._dialogue.tell(resident, begun.snapshot, area=area)
        return conversation.but(snapshot=reply.snapshot)

    async def agreed(self, resident: str, conversation: Conversation) -> tuple[Conversation, bool]:
        """Whether the yes was given to the card that was shown in this very form. Raises DialogueError."""
        if self.asking(conversation) != CONSENT:  # a yes before the card would be kept for it
            return conversation, False
        reply = await self._dialogue.tell(resident, conversation.snapshot, consent="yes")
        return conversation.but(snapshot=reply.snapshot), any(said.key == _SENT for said in reply.said)

    async def left(self, resident: str, conversation: Conversation) -> Conversation:
        """The form is closed and keeps nothing; when it cannot be told so, it is forgotten."""
        if not self.asking(conversation):
            return conversation
        try:
            reply = await self._dialogue.choose(resident, conversation.snapshot, "cancel")
        except DialogueError:
            return conversation.but(snapshot="")
        return conversation.but(snapshot="" if reply.asking else reply.snapshot)

    async def _begin(self, resident: str, conversation: Conversation) -> Conversation:
        reply = await self._dialogue.choose(resident, conversation.snapshot, "talk_to_person")
        return conversation.but(snapshot=reply.snapshot)
