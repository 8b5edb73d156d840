"""How long to wait after something failed again and again."""

from __future__ import annotations


class Backoff:
    """Waits that double, in seconds, from `first` to `most`."""

    def __init__(self, first: float = 1.0, most: float = 60.0) -> None:
        self._first = first
        self._most = most
        self._next = first

    def next(self) -> float:
        """The wait after one more failure."""
        wait, self._next = self._next, min(self._next * 2, self._most)
        return wait

    def reset(self) -> None:
        """It went well: the next wait is the first again."""
        self._next = self._first
