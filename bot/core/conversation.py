"""What is remembered between two messages of one resident: no words, only keys and choices."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.core.case import Draft
from bot.core.language import LanguagePrior
from bot.core.pending import Pending


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """Which text was said last: a key, and "", "simple" or a section's name."""

    key: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One resident's conversation.

    `chosen` is the language that was tapped, `spoken` the one last typed, `hint` the phone's own.
    `card` is the foreign language whose emergency card was shown. `snapshot` belongs to the dialogue.
    `pending` is a worker's: their words, for as long as it is not said which case they are for.
    `draft` is what a resident gathers for a case, their words too, until it is sent or left. `area` is the
    postcode that a QR code carried. `aside`: the next message is for the assistant, though a person reads along.
    """

    chosen: str = ""
    spoken: str = ""
    hint: str = ""
    welcomed: bool = False
    card: str = ""
    last: LastAnswer | None = None
    snapshot: str = ""
    pending: Pending = field(default_factory=Pending)
    draft: Draft | None = None
    area: str = ""
    aside: bool = False

    @property
    def prior(self) -> LanguagePrior:
        """What is known of the language before a message is read."""
        return LanguagePrior(self.chosen, self.spoken, self.hint)

    def but(self, **changes: Any) -> Conversation:
        """The same conversation with some things changed."""
        return replace(self, **changes)

    def to_json(self) -> str:
        """For the store."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Conversation:
        """From the store; what an older version did not know has its default."""
        raw = json.loads(text)
        last, pending = raw.pop("last", None), Pending.read(raw.pop("pending", None))
        draft = Draft.read(raw.pop("draft", None))
        known = {name: value for name, value in raw.items() if name in Conversation.__slots__}
        return Conversation(**known, last=LastAnswer(**last) if last else None, pending=pending, draft=draft)
