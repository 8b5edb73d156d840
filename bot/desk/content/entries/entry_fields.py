"""The fields of a form for every kind of entry but answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.core.content import Content, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.language import LANGUAGES, SOURCE
from bot.core.normalise import normalise
from bot.desk.content.answers.pictograms import words_of
from bot.desk.content.entries.entry_input import Input, Shape, as_sent
from bot.desk.content.entries.topics_typed import topics_typed
from bot.desk.content.entry_names import Names
from bot.desk.forms import Given


def inputs(ref: Ref, body: Body, content: Content, tongue: str, form: Given | None = None) -> list[Input]:
    """The fields, filled in with what is kept, or with what was typed. `tongue` is the language of the screen."""
    fields = list(_inputs(ref, body, content, tongue))
    return [as_sent(field, form) for field in fields] if form else fields


def dutch_of(ref: Ref, body: Body | None, content: Content) -> Mapping[str, str]:
    """The Dutch text beside a translation: field → text."""
    if body is None or ref.language in {"", SOURCE} or ref.kind in {Kind.TERM, Kind.PRESSURE, Kind.EXAMPLES}:
        return {}
    prose = {Shape.LINE, Shape.PROSE}
    return {one.name: one.value for one in inputs(ref, body, content, SOURCE) if one.shape in prose and one.value}


def _inputs(ref: Ref, body: Body, content: Content, tongue: str) -> Iterator[Input]:
    match body:
        case Words():
            yield _of_words(ref, body)
        case Fact():
            yield from _of_fact(body, Names(content, tongue))
        case RedFlag():
            yield from _of_flag(ref, body, content, tongue)
        case Pressure():
            yield from _of_pressure(ref, body, content, tongue)
        case Examples():
            hint = "As residents type them, one a line."
            yield Input("examples", "Example questions", Shape.LINES, "\n".join(body.texts), ref.language, hint)
        case ReadyText():
            yield Input("name", "Name, for colleagues", Shape.LINE, body.name)
            names = Names(content, tongue)
            for code in LANGUAGES:
                text = body.texts.get(code, "")
                yield Input(f"text-{code}", "Text in {language}", Shape.PROSE, text, code, named=names.tongue(code))
        case Topic():
            yield from _of_topic(body, content, tongue)


def _of_words(ref: Ref, body: Words) -> Input:
    match ref.kind:
        case Kind.TERM:
            hint = "What it is, in plain words: 5 to 25."
            return Input("text", "Explanation", Shape.PROSE, body.text, ref.language, hint)
        case Kind.CARD:
            hint = "What to do in danger, in this language. Numbers stand in braces."
            return Input("text", "Text of the card", Shape.PROSE, body.text, ref.key, hint)
        case _:
            shape = Shape.PROSE if "\n" in body.text or len(body.text) > 80 else Shape.LINE  # noqa: PLR2004 - a line
            return Input("text", "Text", shape, body.text, ref.language)


def _of_fact(fact: Fact, names: Names) -> Iterator[Input]:
    same = "A number is often the same everywhere. Where words differ, fill in the languages below."
    yield Input("value", "Value in every language", Shape.LINE, fact.values.get("", ""), hint=same)
    for code in LANGUAGES:
        label = "Value in {language}, if it differs"
        yield Input(f"value-{code}", label, Shape.LINE, fact.values.get(code, ""), code, named=names.tongue(code))
    yield Input("about", "What it is, in a few Dutch words", Shape.LINE, fact.about, SOURCE)
    yield Input("source", "Page where it stands, with https://", Shape.LINE, fact.source)
    yield Input("checked", "Looked at on", Shape.DAY, fact.checked.isoformat())
    hint = "Made up for a demonstration: it may not be said to real residents."
    yield Input("demo", "Made up", Shape.TICK, hint=hint, chosen=frozenset({"yes"} if fact.demo else ()))


def _of_flag(ref: Ref, flag: RedFlag, content: Content, tongue: str) -> Iterator[Input]:
    texts, phrases, code = flag.texts, flag.patterns, ref.language
    yield Input("text", "What is said when it is sure", Shape.PROSE, texts.text, code, "At most 60 words.")
    question = "What is asked first when it is not sure"
    yield Input("question", question, Shape.PROSE, texts.question, code, "At most 60 words.")
    names = dict.fromkeys([*_numbers(content), *texts.numbers])
    facts = [(name, f"{content.facts[name].in_language(code)}, {{{name}}}") for name in names if name in content.facts]
    hint = "Each must stand in the text, in braces."
    yield Input("number", "Numbers to call", Shape.CHOICES, "", "", hint, facts, frozenset(texts.numbers))
    pictures = ((name, words_of(name, content, tongue)) for name in content.pictograms)
    shown = sorted(pictures, key=lambda picture: normalise(picture[1]))
    yield Input("pictogram", "Picture", Shape.CHOICE, texts.pictogram, options=shown)
    sure, doubt, not_this = phrases.patterns, phrases.check_in, phrases.exceptions
    yield Input("patterns", "Phrases that are sure", Shape.LINES, "\n".join(sure), code, "One a line.")
    yield Input("check_in", "Phrases that need a question first", Shape.LINES, "\n".join(doubt), code, "One a line.")
    hint = "One a line. What stands in these words is no danger, in no language; what follows a “but” is judged again."
    yield Input("exceptions", "Innocent phrases", Shape.LINES, "\n".join(not_this), code, hint)


def _numbers(content: Content) -> Iterable[str]:
    """The facts that can be called for some danger."""
    return dict.fromkeys(name for texts in content.flags.values() for name in texts.numbers)


def _of_pressure(ref: Ref, pressure: Pressure, content: Content, tongue: str) -> Iterator[Input]:
    hint = "One a line. A star stands for any ending: verplicht* sees verplichten too."
    yield Input("words", "Words of pressure", Shape.LINES, "\n".join(pressure.words), ref.language, hint)
    hint = "Innocent phrases that hold such a word, one a line."
    yield Input("exceptions", "Exceptions", Shape.LINES, "\n".join(pressure.exceptions), ref.language, hint)
    lines = "\n".join(
        f"{word}: {topics_typed(topics, content, tongue)}" for word, topics in pressure.allowed_in.items()
    )
    hint = "One word a line, then a colon and the names of topics, with a semicolon between them."
    yield Input("allowed_in", "Allowed in some topics", Shape.LINES, lines, ref.language, hint)


def _of_topic(topic: Topic, content: Content, tongue: str) -> Iterator[Input]:
    groups = dict.fromkeys([*(one.group for one in content.topics.values()), *(group.key for group in content.menu)])
    names = [(key, Names(content, tongue).group(key)) for key in groups if key]
    yield Input("group", "Where on the menu", Shape.CHOICE, topic.group, options=names)
    kinds = (("V", "A vaccination"), ("W", "A worry"), ("", "Neither"))
    yield Input("kind", "What kind of question is it?", Shape.CHOICE, topic.kind, options=kinds)
