"""What was typed in the form of an entry as a body again, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from starlette.requests import Request

from bot.core.content import Content, Fact, FlagTexts, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.language import LANGUAGES, SOURCE
from bot.core.triage import Flag, FlagPatterns
from bot.desk.content.entries.entry_input import ALL
from bot.desk.content.entries.topics_typed import topics_read
from bot.desk.content.lessons.lines import lines_of
from bot.desk.content.writing.typed import Typed, typed_of
from bot.desk.forms import Given, Problems, bare

NO_DAY: Final = "Fill in the day on which you looked."
NO_COLON: Final = "Write on every line a word, a colon and the names of topics."
NO_TOPIC: Final = (
    "One of these topics does not exist. Write their names as in the overview, with a semicolon between them."
)


async def whole(request: Request) -> Given:
    """The form with its fields as long as they are: a list of phrases cut short would lose some unseen."""
    texts: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            texts.setdefault(bare(name), []).append(bare(value))
    return Given(texts)


def first_body(ref: Ref, content: Content, today: date) -> Body:
    """What a form begins with where there is nothing yet."""
    match ref.kind:
        case Kind.FACT:
            return Fact(ref.key, {}, "", "", today)
        case Kind.TOPIC:
            return Topic(ref.key, "")
        case Kind.PRESSURE:
            return Pressure((), {})
        case Kind.EXAMPLES:
            return Examples(())
        case Kind.TEMPLATE:
            return ReadyText("", {})
        case Kind.FLAG:
            flag, dutch = Flag(ref.key), content.flags.get((Flag(ref.key), SOURCE))
            numbers, pictogram = (dutch.numbers, dutch.pictogram) if dutch else ((), "")
            texts = FlagTexts(flag, ref.language, "", "", numbers, pictogram)
            return RedFlag(texts, FlagPatterns(flag, ref.language, (), (), ()))
        case _:
            return Words("")


def read_entry(form: Given, ref: Ref, kept: Body, content: Content) -> Typed:
    """The form laid over what is kept."""
    problems = Problems()
    return typed_of(form, _read(form, ref, kept, content, problems), problems)


def _read(form: Given, ref: Ref, kept: Body, content: Content, problems: Problems) -> Body:
    match kept:
        case Fact():
            return _fact(form, ref, kept, problems)
        case RedFlag():
            return _flag(form, kept)
        case Pressure():
            return _pressure(form, content, problems)
        case Topic():
            return Topic(ref.key, form.text("group"), form.text("kind"))
        case Examples():
            return Examples(lines_of(_prose(form, "examples")))
        case ReadyText():
            texts = {code: text for code in LANGUAGES if (text := _prose(form, f"text-{code}"))}
            return ReadyText(form.text("name", 100), texts)
        case _:
            return Words(_prose(form, "text"))


def _fact(form: Given, ref: Ref, kept: Fact, problems: Problems) -> Fact:
    order = dict.fromkeys([*kept.values, "", *LANGUAGES])
    typed = {code: form.text(f"value-{code}" if code else "value", ALL) for code in order}
    day = form.day("checked")
    problems.unless(day, "checked", NO_DAY)
    return Fact(
        ref.key,
        {code: value for code, value in typed.items() if value},
        form.text("about", 300),
        form.text("source", 500),
        day or kept.checked,
        form.ticked("demo"),
    )


def _flag(form: Given, kept: RedFlag) -> RedFlag:
    texts = replace(
        kept.texts,
        text=_prose(form, "text"),
        question=_prose(form, "question"),
        numbers=_in_order(form.all("number"), kept.texts.numbers),
        pictogram=form.text("pictogram"),
    )
    patterns, check_in, exceptions = (_lines(form, name) for name in ("patterns", "check_in", "exceptions"))
    return RedFlag(texts, replace(kept.patterns, patterns=patterns, check_in=check_in, exceptions=exceptions))


def _pressure(form: Given, content: Content, problems: Problems) -> Pressure:
    allowed: dict[str, tuple[str, ...]] = {}
    for line in _lines(form, "allowed_in"):
        word, colon, typed = line.partition(":")
        topics = topics_read(typed, content)
        problems.unless(colon and word.strip() and topics, "allowed_in", NO_COLON)
        problems.unless(not set(topics) - content.topics.keys(), "allowed_in", NO_TOPIC)
        allowed[word.strip()] = topics
    return Pressure(_lines(form, "words"), allowed, _lines(form, "exceptions"))


def _in_order(ticked: Iterable[str], kept: Iterable[str]) -> tuple[str, ...]:
    """What was ticked, in the order it had: the first number is called first."""
    given = dict.fromkeys(ticked)
    return tuple(dict.fromkeys([*(name for name in kept if name in given), *given]))


def _lines(form: Given, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in form.text(name, ALL).splitlines() if line.strip()))


def _prose(form: Given, name: str) -> str:
    return form.text(name, ALL).replace("\r\n", "\n")
