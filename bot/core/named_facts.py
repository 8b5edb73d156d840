"""Which facts a text names, and which of its placeholders the program fills in itself."""

from __future__ import annotations

from bot.core.content import PLACEHOLDER, Answer, Content
from bot.core.entry import Body, Kind, RedFlag, Ref, Words
from bot.core.language import SOURCE


def named_in(ref: Ref, body: Body | None) -> frozenset[str]:
    """The names of all placeholders of an answer, a red flag or a card; of the others none is filled in by facts."""
    match body:
        case Answer():
            texts = [body.text, body.simple, *body.sections.values()]
        case RedFlag():
            numbers = (f"{{{name}}}" for name in body.texts.numbers)
            texts = [body.texts.text, body.texts.question, *numbers]
        case Words() if ref.kind is Kind.CARD:
            texts = [body.text]
        case _:
            return frozenset()
    return frozenset(name for text in texts for name in PLACEHOLDER.findall(text))


def told_later(ref: Ref, base: Content) -> frozenset[str]:
    """What is only known when this text is said: what its Dutch text in the files names, and is no fact there."""
    if ref.kind is not Kind.ANSWER:
        return frozenset()
    return named_in(ref, base.answers.get((ref.key, SOURCE))) - base.facts.keys()


def unknown_facts(ref: Ref, body: Body | None, content: Content, base: Content) -> list[str]:
    """Placeholders that nothing would fill in, by name: with one of them the text could not be said."""
    return sorted(named_in(ref, body) - content.facts.keys() - told_later(ref, base))
