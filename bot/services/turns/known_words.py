"""Which words are ordinary ones: what our own texts use, and what is common. A name is none of these."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final

from bot.core.content import Content
from bot.core.normalise import normalise
from bot.services.ports import WordKnowledge

LISTED: Final = ("nl", "en")  # lists of common words, for what is written in Latin letters
OFTEN: Final = 2  # in as many examples a word is no slip and no name
_WORD: Final = re.compile(r"[^\W\d_]+")
# A Turkish word is known by its first letters, as any foreign one would be: so it must also look Turkish.
_TURKISH: Final = re.compile(
    "[ışğ]|(?:yor\\w*|[ıiuü]m|[dt][ıiuü]\\w?|l[ae]r\\w*|m[ae]k|m[ıiuü]ş|[ae]ca[kğ]\\w*|y[ıi]m|s[ıi]n[ıi]z|[ıiuü]n|d[ae]n?|[dt][ıi]k)$"
)
_ARABIC: Final = re.compile("[\u0600-\u06ff]")


class KnownWords:
    """Call it with a word as it was written. The lists are read at the first call, which takes a second: in a thread.

    One with a capital must stand in our own texts: "Jansen" is common enough to be in a list of words. `examples` gives
    the questions that the language model learns from, which know more Frisian and slang than any list.
    """

    def __init__(self, content: Content, words: WordKnowledge, examples: Callable[[], Iterable[str]] = tuple) -> None:
        self._content, self._words, self._examples = content, words, examples

    def __call__(self, word: str) -> bool:
        """Is it an ordinary word?"""
        if normalise(word) in self._ours:
            return True
        if _ARABIC.search(word):
            return self._words.is_easy(word, "ar", frozenset())
        if word[:1].isupper():
            return False
        listed = any(self._words.is_easy(word, code, frozenset()) for code in LISTED)
        return listed or (bool(_TURKISH.search(word)) and self._words.is_easy(word, "tr", frozenset()))

    @cached_property
    def _ours(self) -> frozenset[str]:
        """Every word of the answers and labels of all languages, and what several examples write small."""
        content = self._content
        texts = [text for answer in content.answers.values() for text in (answer.text, answer.simple)]
        texts += [text for answer in content.answers.values() for text in answer.sections.values()]
        texts += [text for labels in content.labels.values() for text in labels.topics.values()]
        texts += [term for terms in content.glossary.values() for term in terms]
        said = Counter(word for text in self._examples() for word in set(_WORD.findall(text)) if not word[0].isupper())
        often = {word for word, times in said.items() if times >= OFTEN}
        return frozenset(map(normalise, often.union(*(_WORD.findall(text) for text in texts))))
