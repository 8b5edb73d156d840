"""Has a text changed since it was translated? A short fingerprint of the source text tells."""

from __future__ import annotations

import hashlib

from bot.core.content import PLACEHOLDER, Answer, Content

_LENGTH = 16  # hex digits


def source_hash(answer: Answer, content: Content) -> str:
    """The fingerprint of an answer: 16 hex digits of SHA-256 over text, simple and sections.

    Facts are filled in, so a changed number shows; blanks and line breaks do not count, nor does the
    order of the sections. What is only known when a text is said stays a placeholder.
    """
    parts = [("text", answer.text), ("simple", answer.simple), *sorted(answer.sections.items())]
    told = "\x1e".join(f"{name}\x1f{_told(text, answer.language, content)}" for name, text in parts)
    return hashlib.sha256(told.encode()).hexdigest()[:_LENGTH]


def _told(text: str, language: str, content: Content) -> str:
    later = {name: f"{{{name}}}" for name in PLACEHOLDER.findall(text) if name not in content.facts}
    return " ".join(content.filled(text, language, **later).split())
