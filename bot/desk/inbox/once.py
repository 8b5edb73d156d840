"""A form is sent once, however often its button is pressed."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from typing import Final

REMEMBERED: Final = 2000


class Once:
    """Remembers the marks of forms that were dealt with, in this process."""

    def __init__(self) -> None:
        self._used: OrderedDict[str, None] = OrderedDict()

    def mark(self) -> str:
        """A new mark, for a form."""
        return secrets.token_urlsafe(12)

    def first(self, mark: str) -> bool:
        """Is this form not dealt with yet? From now on it is. A form without a mark always is the first."""
        if not mark:
            return True
        if mark in self._used:
            return False
        self._used[mark] = None
        if len(self._used) > REMEMBERED:
            self._used.popitem(last=False)
        return True

    def again(self, mark: str) -> None:
        """It was refused: the same form may be sent again."""
        self._used.pop(mark, None)
