"""The sentences in which a fact stands, before a change of it and after."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.content import PLACEHOLDER, Answer, Content, Fact, isolated
from bot.core.entry import Body, Kind, RedFlag, Ref, Words
from bot.core.entry_in import entry_in
from bot.core.language import LANGUAGES, SOURCE
from bot.core.named_facts import named_in
from bot.core.overlay import entries_of
from bot.core.plain_language import sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is said now, and as it would be; the same where the change is not seen."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Use:
    """One text that names a fact. `numbers`: the fact is a number to call there."""

    ref: Ref
    sentences: tuple[Sentence, ...]
    numbers: bool

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.ref.key if self.ref.kind is Kind.CARD else self.ref.language


def uses_of(refs: Iterable[Ref], name: str, after: Body | None, content: Content) -> list[Use]:
    """Every text of `refs` with its sentences, now and with the fact as `after` has it; None is a fact taken away."""
    facts = dict(content.facts)
    if isinstance(after, Fact):
        facts[name] = after
    else:
        facts.pop(name, None)
    return [_use(ref, name, content, facts) for ref in refs]


def use_counts(content: Content) -> Counter[str]:
    """How many texts name each fact."""
    return Counter(name for ref, body in entries_of(content).items() for name in named_in(ref, body))


def values_print(body: Body | None) -> str:
    """The values of a fact as one short name: who publishes them must have seen the texts with these."""
    values = sorted(body.values.items()) if isinstance(body, Fact) else []
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def _use(ref: Ref, name: str, content: Content, facts: Mapping[str, Fact]) -> Use:
    body = entry_in(content, ref)
    language = ref.key if ref.kind is Kind.CARD else ref.language
    told = [
        Sentence(_filled(each, language, content.facts), _filled(each, language, facts))
        for text in _texts(body)
        for each in _naming(name, text)
    ]
    return Use(ref, tuple(dict.fromkeys(told)), isinstance(body, RedFlag) and name in body.texts.numbers)


def _texts(body: Body | None) -> Sequence[str]:
    match body:
        case Answer():
            return body.text, body.simple, *body.sections.values()
        case RedFlag():
            return body.texts.text, body.texts.question
        case Words():
            return (body.text,)
        case _:
            return ()


def _naming(name: str, text: str) -> Iterator[str]:
    return (each for each in sentences(text) if name in PLACEHOLDER.findall(each))


def _filled(text: str, language: str, facts: Mapping[str, Fact]) -> str:
    """What the program only knows while it talks stays in braces."""
    ours = language if language in LANGUAGES else SOURCE

    def value(name: str, braced: str) -> str:
        return isolated(facts[name].in_language(language), ours) if name in facts else braced

    return PLACEHOLDER.sub(lambda match: value(match[1], match[0]), text)
