"""What is wrong with a file: collected, so that all of it can be mended at once."""

from __future__ import annotations

from typing import Final

from bot.core.errors import ImportRefused

MOST_PROBLEMS: Final = 200
NO_ENTRY: Final = "This is no entry. Copy one from a file that was exported."


class Problems:
    """Places with a sentence each. Raises ImportRefused as soon as there are too many to read."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def add(self, place: str, sentence: str) -> None:
        """One more."""
        self._found.append((place, sentence))
        if len(self._found) >= MOST_PROBLEMS:
            self.refuse_if_any()

    def refuse_if_any(self) -> None:
        """Raises ImportRefused when something was wrong."""
        if self._found:
            raise ImportRefused(self._found)


def refused(place: str, sentence: str) -> ImportRefused:
    """The error for one problem that makes the rest unreadable."""
    return ImportRefused([(place, sentence)])
