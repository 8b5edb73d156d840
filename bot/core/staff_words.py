"""What workers read on Telegram, in their own language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.content import Content

FALLBACK: Final = "nl"


@dataclass(frozen=True, slots=True)
class StaffWords:
    """The texts of `responses/staff`."""

    content: Content

    def __call__(self, key: str, language: str, /, **more: str) -> str:
        """The text under a key, filled in; Dutch when the staff's texts have no such language."""
        texts = self.content.staff.get(language) or self.content.staff[FALLBACK]
        return self.content.filled(texts[key], self.language(language), **more)

    def language(self, language: str) -> str:
        """The language that a text is given in when this one is asked for."""
        return language if language in self.content.staff else FALLBACK
