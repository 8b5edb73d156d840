"""The fields of an answer's form, and what was typed in them as an Answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.content import Answer, Content, Review, Source
from bot.core.language import SOURCE
from bot.desk.content.writing.typed import Typed
from bot.desk.forms import Given
from bot.services.checking.check_answer import BALANCED, EFFECTS, MOST_NEXT

LONGEST: Final = 4000  # characters of one text
_LONGEST_LINE: Final = 300
_SECTION: Final = "section-"
_SECTION_FIELD: Final = re.compile(r"section-([a-z][a-z0-9_]{0,39})")


def answer_in(typed: Typed) -> Answer:
    """The answer that stands in a form."""
    assert isinstance(typed.body, Answer)  # noqa: S101 - the form of an answer holds nothing else
    return typed.body


def first_text(key: str, language: str, content: Content) -> Answer:
    """What a form begins with where there is no text yet: all but the words, as the Dutch answer has it."""
    source = content.answers.get((key, SOURCE))
    if source is None:
        return Answer(key, language, "")
    return replace(
        source, language=language, text="", simple="", sections={}, review=Review(), translates="", tested_with=()
    )


def is_talk(key: str, content: Content) -> bool:
    """Is this a text of the talk around topics: a greeting, a word of regret? It has words and a picture alone."""
    return key.removeprefix("utter_") not in content.topics and (key, SOURCE) in content.answers


def read_answer(form: Given, kept: Answer, today: date) -> Answer:
    """The answer as it was typed. Sections without words and sources without name and address are left out."""
    read = replace(kept, text=_prose(form, "text"), pictogram=form.text("pictogram") or kept.pictogram)
    if "simple" not in form.texts:  # a text of the talk around topics has no more fields
        return read
    sections = {name: text for name in sections_sent(form) if (text := _prose(form, f"{_SECTION}{name}"))}
    return replace(
        read,
        simple=_prose(form, "simple"),
        sections=sections,
        sources=_sources(form, today),
        next=tuple(dict.fromkeys(topic for topic in form.all("next") if topic))[:MOST_NEXT],
        effects=_effects(form, kept),
    )


def sections_sent(form: Given) -> Iterable[str]:
    """The sections that the form has a field of."""
    return (found[1] for name in form.texts if (found := _SECTION_FIELD.fullmatch(name)))


def sections_shown(answer: Answer, source: Answer | None, kind: str, added: str) -> list[str]:
    """The sections that the form has a field for: those there are, those the Dutch text has, and those there must be.

    `kind` is the topic's, `added` a section that was asked for.
    """
    wanted = BALANCED if kind == "V" else ()
    return list(
        dict.fromkeys([*answer.sections, *(source.sections if source else ()), *wanted, *filter(None, [added])])
    )


def _prose(form: Given, name: str) -> str:
    return form.text(name, LONGEST).replace("\r\n", "\n")


def _effects(form: Given, kept: Answer) -> tuple[str, ...]:
    ticked = set(form.all("effect"))
    order = dict.fromkeys([*kept.effects, *sorted(EFFECTS)])
    return tuple(effect for effect in order if effect in ticked)


def _sources(form: Given, today: date) -> tuple[Source, ...]:
    rows = zip(form.all("source-name"), form.all("source-url"), form.all("source-checked"), strict=False)
    lines = [(name.strip()[:_LONGEST_LINE], url.strip()[:_LONGEST_LINE], _day(day, today)) for name, url, day in rows]
    return tuple(Source(*line) for line in lines if line[0] or line[1])


def _day(typed: str, today: date) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return today
