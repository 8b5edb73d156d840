"""What is said at this moment: one place that all who speak look at, so that a published change is live at once."""

from __future__ import annotations

from functools import lru_cache

from bot.core.content import Content
from bot.core.triage import FlagPatterns, Triage, Verdict


class Served:
    """The texts and the red-flag phrases that are served now. Raises PatternError for a phrase that cannot be read."""

    def __init__(self, content: Content, revision: int = 0) -> None:
        self._content, self._triage = content, _triage(content.patterns)
        self.revision = revision

    @property
    def content(self) -> Content:
        """The texts. Hold them no longer than one message takes."""
        return self._content

    def assess(self, text: str) -> Verdict | None:
        """The most urgent red flag of a text: see `Triage`."""
        return self._triage.assess(text)

    def replace(self, content: Content, revision: int) -> None:
        """Serves other texts from now on. Raises PatternError and goes on with the old ones."""
        triage = _triage(content.patterns)
        self._content, self._triage, self.revision = content, triage, revision


@lru_cache(maxsize=2)
def _triage(patterns: tuple[FlagPatterns, ...]) -> Triage:
    """Compiled once: it takes longer than everything else together."""
    return Triage(patterns)
