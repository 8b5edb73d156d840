"""Long texts in pieces that a channel takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Where a text may be cut, best first: paragraph, line, sentence, word.
_SEAMS = (re.compile(r"\n\n+"), re.compile(r"\n"), re.compile(r"(?<=[.!?؟。])\s+"), re.compile(r"\s+"))


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units, cut at paragraphs, else lines, sentences, words.

    Nothing but blanks at a cut is dropped. An empty text has no pieces.
    """
    if limit < 2:  # noqa: PLR2004 - one character may take two units
        raise ValueError("the limit must be at least 2")
    return list(_pieces(text.strip(), limit))


def _pieces(text: str, limit: int) -> Iterator[str]:
    while units(text) > limit:
        end, start = _cut(text, limit)
        yield text[:end].rstrip()
        text = text[start:].lstrip()
    if text:
        yield text


def _cut(text: str, limit: int) -> tuple[int, int]:
    """Where the first piece ends and where the rest starts."""
    room = _characters_that_fit(text, limit)
    for seam in _SEAMS:
        cuts = [m for m in seam.finditer(text, 0, room + 1) if 0 < m.start() <= room]
        if cuts:
            return cuts[-1].start(), cuts[-1].end()
    return room, room


def _characters_that_fit(text: str, limit: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - the end of the basic plane
        if used > limit:
            return index
    return len(text)
