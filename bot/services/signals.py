"""What must happen at once after a write was kept: messages delivered, open pages made new."""

from __future__ import annotations

from typing import Protocol

from bot.core.case import Case


class Signals(Protocol):
    """Told after a transaction was committed, never within it. Neither method raises."""

    def nudge(self, chat_id: str) -> None:
        """Something waits in the outbox for this chat (a resident's or a worker's)."""
        ...

    def changed(self, case: Case) -> None:
        """A case was opened, moved, or something was said in it: who looks at it should see that."""
        ...
