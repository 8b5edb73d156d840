"""A resident's words and files, added to what they gather for a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.case import Draft
from bot.core.message import Incoming
from bot.core.normalise import clean
from bot.services.files import MAX_FILE

WORDS_KEPT: Final = 30  # messages


def is_too_big(incoming: Incoming) -> bool:
    """Is a file larger than what can be passed on?"""
    return incoming.file is not None and incoming.file.size > MAX_FILE


def with_words(draft: Draft, incoming: Incoming) -> Draft:
    """The draft with what was typed or sent along; without a file that is too big."""
    words = (*draft.words, incoming.text)[-WORDS_KEPT:] if clean(incoming.text) else draft.words
    file = None if is_too_big(incoming) else incoming.file
    files = (*draft.files, file)[-WORDS_KEPT:] if file else draft.files
    return replace(draft, words=words, files=files)
