"""What one message led to, before anything of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.case import Draft
from bot.core.conversation import Conversation
from bot.core.language import LANGUAGES
from bot.core.message import Outgoing
from bot.core.triage import Flag
from bot.services.ports import Understanding


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message led to.

    `said` are the keys that were chosen, `offered` the topics on "Do you mean …?" buttons, `flag` a red
    flag. `ask_store` names what only the store knows: "my_data" or "forget". `send` is what the resident agreed
    to send to a team. `case` is a button about an open or closed case: its subject and part.
    """

    conversation: Conversation
    outgoing: tuple[Outgoing, ...] = ()
    said: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    flag: Flag | None = None
    ask_store: str = ""
    understanding: Understanding = field(default_factory=Understanding)
    send: Draft | None = None
    case: tuple[str, str] | None = None

    @property
    def language(self) -> str:
        """The language of the answer: one of ours, also where a card in another language comes first."""
        spoken = (said.language for said in self.outgoing if said.language in LANGUAGES)
        return next(spoken, self.conversation.prior.best)

    @property
    def understood(self) -> bool:
        """Was something answered, rather than asked back or regretted?"""
        lost = {"utter_did_you_mean", "utter_not_understood", "utter_not_understood_person", "utter_error"}
        return not lost & set(self.said)
