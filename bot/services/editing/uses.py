"""What would break if an entry were taken away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content import Content
from bot.core.entry import Body, Kind, RedFlag, Ref, Words
from bot.core.language import SOURCE
from bot.core.named_facts import named_in
from bot.core.served import Served


class Uses:
    """Call it with a ref: the entries that name this fact, or link to this topic; () for every other kind."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def __call__(self, ref: Ref) -> tuple[Ref, ...]:
        """In order of key and language; a choice of the menu counts as its Dutch label."""
        return used_by(self._served.content, ref)


def used_by(content: Content, ref: Ref) -> tuple[Ref, ...]:
    """The entries of this content that need a fact or a topic."""
    if ref.kind is Kind.FACT:
        return tuple(sorted(other for other, body in _texts(content) if ref.key in named_in(other, body)))
    if ref.kind is Kind.TOPIC:
        return tuple(sorted(set(_linked(content, ref.key))))
    return ()


def _texts(content: Content) -> Iterator[tuple[Ref, Body]]:
    """Everything that facts are filled into."""
    for (key, language), answer in content.answers.items():
        yield Ref(Kind.ANSWER, key, language), answer
    for patterns in content.patterns:
        texts = content.flags.get((patterns.flag, patterns.language))
        if texts is not None:
            yield Ref(Kind.FLAG, patterns.flag.value, patterns.language), RedFlag(texts, patterns)
    for code, text in content.cards.items():
        yield Ref(Kind.CARD, code), Words(text)


def _linked(content: Content, topic: str) -> Iterator[Ref]:
    for (key, language), answer in content.answers.items():
        if topic in answer.next or key == f"utter_{topic}":
            yield Ref(Kind.ANSWER, key, language)
    for group in content.menu:
        if topic in group.topics:
            yield Ref(Kind.LABEL, f"menu.{group.key}", SOURCE)
