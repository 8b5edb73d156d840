"""The parts of an entry as texts: what differences, the search and pages go through, whatever kind it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.content import Answer, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, ReadyText, RedFlag, Words


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `detail` says which of several (a section's name, a language's code, a word of pressure).

    `language` is the language it is written in where that is not the entry's own; "-" for what is no language.
    """

    name: str
    text: str
    detail: str = ""
    language: str = ""


def parts_of(body: Body) -> tuple[Part, ...]:
    """All parts that are not empty, in the order in which they are read. Reviews and fingerprints are no part."""
    return tuple(part for part in _parts(body) if part.text)


def _parts(body: Body) -> Iterator[Part]:
    match body:
        case Answer():
            yield from _of_answer(body)
        case Topic():
            yield Part("group", body.group, language="-")
            yield Part("kind", body.kind, language="-")
        case Fact():
            yield from _of_fact(body)
        case Words():
            yield Part("text", body.text)
        case RedFlag():
            yield from _of_flag(body)
        case Pressure():
            yield Part("words", _lines(body.words))
            yield from (Part("allowed_in", ", ".join(topics), word, "-") for word, topics in body.allowed_in.items())
            yield Part("exceptions", _lines(body.exceptions))
        case Examples():
            yield Part("examples", _lines(body.texts))
        case ReadyText():
            yield Part("name", body.name, language="nl")
            yield from _by_language("text", body.texts)


def _of_answer(answer: Answer) -> Iterator[Part]:
    yield Part("text", answer.text)
    yield Part("simple", answer.simple)
    yield from (Part("section", text, name) for name, text in answer.sections.items())
    yield Part("pictogram", answer.pictogram, language="-")
    sources = (f"{source.name} {source.url} {source.checked}" for source in answer.sources)
    yield Part("sources", _lines(tuple(sources)), language="nl")
    yield Part("next", ", ".join(answer.next), language="-")
    yield Part("effects", ", ".join(answer.effects), language="-")


def _of_fact(fact: Fact) -> Iterator[Part]:
    yield from _by_language("value", fact.values)
    yield Part("about", fact.about, language="nl")
    yield Part("source", fact.source, language="-")
    yield Part("checked", fact.checked.isoformat(), language="-")
    yield Part("demo", "demo" if fact.demo else "", language="-")


def _of_flag(flag: RedFlag) -> Iterator[Part]:
    yield Part("text", flag.texts.text)
    yield Part("question", flag.texts.question)
    yield Part("numbers", ", ".join(flag.texts.numbers), language="-")
    yield Part("pictogram", flag.texts.pictogram, language="-")
    yield Part("patterns", _lines(flag.patterns.patterns))
    yield Part("check_in", _lines(flag.patterns.check_in))
    yield Part("exceptions", _lines(flag.patterns.exceptions))


def _by_language(name: str, texts: Mapping[str, str]) -> Iterator[Part]:
    return (Part(name, text, code, code or "-") for code, text in texts.items())


def _lines(texts: tuple[str, ...]) -> str:
    return "\n".join(texts)
