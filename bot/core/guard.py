"""Typed text must never command Rasa."""

from __future__ import annotations

from typing import Final

from bot.core.normalise import clean

# Rasa reads a text that begins with "/" as an order ("/restart" really restarts). These look like it.
SLASHES: Final = "/⁄∕⧸／╱"


def harmless(text: str) -> str:
    """The text as it may be given to Rasa: cleaned, without any slash or its look-alikes in front."""
    previous, current = None, clean(text)
    while current != previous:
        previous, current = current, clean(current.lstrip(SLASHES + " "))
    return current
