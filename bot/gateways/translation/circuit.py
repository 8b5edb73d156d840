"""A service that failed several times in a row is left alone for a while.

Ours, in a few lines: pybreaker 1.4 holds its lock during the call (one at a time), purgatory 3.0 and both their
clocks cannot be moved by a test, and aiobreaker has not been kept up since 2021.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FAILURES: Final = 3
PAUSE: Final = 60.0  # seconds


class Circuit:
    """Counts failures in a row. `clock` gives seconds that never go back. For use in one event loop."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._again_at = 0.0

    def allows(self) -> bool:
        """May it be tried now? During a pause no; after it once, and others wait for how that ends."""
        if self._failures < FAILURES:
            return True
        if self._clock() < self._again_at:
            return False
        self._again_at = self._clock() + PAUSE
        return True

    def succeeded(self) -> None:
        """The service answered."""
        self._failures = 0

    def failed(self) -> None:
        """The service did not answer, or nothing of use."""
        self._failures += 1
        self._again_at = self._clock() + PAUSE
