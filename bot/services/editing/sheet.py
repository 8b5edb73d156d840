"""What an editor's page of one entry shows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.entry import Body, Ref
from bot.core.revision import Draft


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that an editor's page of one entry shows.

    `current` is what is served (None: nothing), `base` its revision (0: the file). `draft` is the editor's own,
    `others` those of colleagues, newest first. `overtaken`: something was published since the own draft was begun.
    """

    ref: Ref
    current: Body | None
    base: int
    draft: Draft | None = None
    others: tuple[Draft, ...] = ()
    overtaken: bool = False
