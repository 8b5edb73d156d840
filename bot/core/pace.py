"""How much may come from one place in a while: a burst at once, then so many a minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

MOST_PLACES: Final = 20_000  # that are remembered; who was quiet longest is forgotten first


class Pace:
    """Counts what comes, by key: a visitor, an address, a link. Kept in memory: a restart forgives everybody.

    The generic cell rate algorithm (ITU-T I.371): of each key only the moment is kept at which it is quits.
    """

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], datetime]) -> None:
        self._step = timedelta(minutes=1) / per_minute
        self._room = self._step * (burst - 1)
        self._clock = clock
        self._quits: dict[str, datetime] = {}

    def free(self, key: str) -> bool:
        """May one more come now? It counts nothing."""
        now = self._clock()
        return self._quits.get(key, now) - now <= self._room

    def take(self, key: str) -> bool:
        """Counts one more, if it may come now."""
        if not self.free(key):
            return False
        now = self._clock()
        self._quits[key] = max(self._quits.pop(key, now), now) + self._step
        if len(self._quits) > MOST_PLACES:
            del self._quits[next(iter(self._quits))]
        return True
