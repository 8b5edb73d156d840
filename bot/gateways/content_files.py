"""The texts in `responses/`, read and checked: a wrong file is named with its line and the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.core.content import (
    PLACEHOLDER,
    Answer,
    Content,
    Fact,
    FlagTexts,
    Labels,
    MenuGroup,
    Pressure,
    Review,
    Source,
    Topic,
)
from bot.core.errors import ContentError
from bot.core.language import LANGUAGES
from bot.core.triage import Flag, FlagPatterns, PatternError, compile_phrase
from bot.gateways import yaml_file
from bot.gateways.written_by_desk import ready_messages, source_changes

# Filled in when a text is rendered, beside the facts.
RENDERED: frozenset[str] = frozenset(
    {"topic", "number", "sources", "date", "person_name", "person_role", "organisation"}
    | {"area", "team", "neighbourhood", "hours_line", "minutes", "when", "walk_in", "service"}
)
STAFF_LANGUAGES: Final = ("nl", "en")  # what the screens of the staff speak


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class _Source(_Strict):
    name: str
    url: str = Field(pattern=r"^https://")
    checked: dt.date


class _Review(_Strict):
    status: Literal["unreviewed", "reviewed"] = "unreviewed"
    role: str | None = ""
    date: dt.date | None = None
    due: dt.date | None = None


class _Metadata(_Strict):
    simple: str = ""
    sections: dict[str, str] = {}
    pictogram: str = ""
    sources: list[_Source] = []
    review: _Review = _Review()
    translates: str | None = None
    tested_with: list[dict[str, str]] = []
    next: list[str] = []
    effects: list[str] = []
    film: dict[str, str] | None = None


class _Response(_Strict):
    text: str = Field(min_length=1)
    metadata: _Metadata = _Metadata()


class _Responses(_Strict):
    version: str = "3.1"
    responses: dict[str, list[_Response]]


class _Fact(_Strict):
    value: str | None = None
    values: dict[str, str] = {}
    about: str
    source: str
    checked: dt.date
    demo: bool = False


class _Facts(_Strict):
    facts: dict[str, _Fact]


class _Labels(_Strict):
    sections: dict[str, str]
    buttons: dict[str, str]
    menu: dict[str, str]
    topics: dict[str, str]
    pictograms: dict[str, str]
    commands: dict[str, str]
    page: dict[str, str]


class _Topic(_Strict):
    group: str
    kind: Literal["V", "W", ""] = ""


class _Topics(_Strict):
    topics: dict[str, _Topic]
    meta: list[str]


class _MenuGroup(_Strict):
    key: str
    emoji: str
    pictogram: str
    topics: list[str] = []
    meta: str = ""


class _Menu(_Strict):
    menu: list[_MenuGroup]


class _Flag(_Strict):
    pictogram: str = ""
    review: _Review = _Review()
    numbers: list[str]
    patterns: list[str]
    check_in: list[str] = []
    exceptions: list[str] = []
    text: str
    question: str


class _Flags(_Strict):
    language: str
    flags: dict[Flag, _Flag]


class _Glossary(_Strict):
    terms: dict[str, str]


class _Pressure(_Strict):
    words: list[str]
    allowed_in: dict[str, list[str]] = {}
    exceptions: list[str] = []


class _Cards(_Strict):
    cards: dict[str, str]


class _Staff(_Strict):
    texts: dict[str, str]


def load_content(folder: Path) -> Content:
    """Everything under `responses/`. Raises ContentError with file, line and reason."""
    answers: dict[tuple[str, str], Answer] = {}
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.yml")):
            for answer in _answers(path, language, folder):
                if (answer.key, language) in answers:
                    raise ContentError(answer.where, f"{answer.key} stands in two files for {language}")
                answers[answer.key, language] = answer
    topics = yaml_file.read(folder / "topics.yml", _Topics)
    content = Content(
        answers=answers,
        labels={code: _labels(folder / "labels" / f"{code}.yml") for code in LANGUAGES},
        facts=_facts(folder / "facts.yml"),
        topics={key: Topic(key, topic.group, topic.kind) for key, topic in topics.topics.items()},
        meta=tuple(topics.meta),
        menu=tuple(
            MenuGroup(group.key, group.emoji, group.pictogram, tuple(group.topics), group.meta)
            for group in yaml_file.read(folder / "menu.yml", _Menu).menu
        ),
        flags={},
        patterns=(),
        glossary={
            path.stem: yaml_file.read(path, _Glossary).terms for path in sorted((folder / "glossary").glob("*.yml"))
        },
        pressure={path.stem: _pressure(path) for path in sorted((folder / "pressure").glob("*.yml"))},
        cards=yaml_file.read(folder / "red_flags" / "cards.yml", _Cards).cards,
        pictograms=frozenset(path.stem for path in (folder / "pictograms").glob("*.svg")),
        staff=_staff(folder / "staff"),
        ready=ready_messages(folder),
        changes=source_changes(folder),
    )
    return _check_references(_with_flags(content, folder), folder)


def _answers(path: Path, language: str, folder: Path) -> Iterator[Answer]:
    document = yaml_file.read(path, _Responses)
    lines = yaml_file.lines(path)
    for key, variants in document.responses.items():
        where = f"{path.relative_to(folder.parent)}:{lines.get(('responses', key), 1)}"
        if len(variants) != 1:
            raise ContentError(where, f"{key} must have exactly one text, it has {len(variants)}")
        raw, meta = variants[0], variants[0].metadata
        yield Answer(
            key=key,
            language=language,
            text=raw.text.strip(),
            simple=meta.simple.strip(),
            sections={name: text.strip() for name, text in meta.sections.items()},
            pictogram=meta.pictogram,
            sources=tuple(Source(s.name, s.url, s.checked) for s in meta.sources),
            review=Review(meta.review.status, meta.review.role or "", meta.review.date, meta.review.due),
            translates=meta.translates or "",
            tested_with=tuple(meta.tested_with),
            next=tuple(meta.next),
            effects=tuple(meta.effects),
            where=where,
        )


def _labels(path: Path) -> Labels:
    raw = yaml_file.read(path, _Labels)
    return Labels(
        sections=raw.sections,
        buttons=raw.buttons,
        menu=raw.menu,
        topics=raw.topics,
        pictograms=raw.pictograms,
        commands=raw.commands,
        page=raw.page,
    )


def _facts(path: Path) -> dict[str, Fact]:
    raw = yaml_file.read(path, _Facts)
    return {
        name: Fact(name, fact.values or {"": fact.value or ""}, fact.about, fact.source, fact.checked, fact.demo)
        for name, fact in raw.facts.items()
    }


def _pressure(path: Path) -> Pressure:
    raw = yaml_file.read(path, _Pressure)
    allowed = {word: tuple(keys) for word, keys in raw.allowed_in.items()}
    return Pressure(tuple(raw.words), allowed, tuple(raw.exceptions))


def _staff(folder: Path) -> dict[str, dict[str, str]]:
    """What workers read. Raises ContentError unless every language has the same keys with the same placeholders."""
    texts = {code: yaml_file.read(folder / f"{code}.yml", _Staff).texts for code in STAFF_LANGUAGES}
    first = texts[STAFF_LANGUAGES[0]]
    for code, other in texts.items():
        lines = yaml_file.lines(folder / f"{code}.yml")
        for key in sorted(first.keys() ^ other.keys()):
            have = "has no text here" if key in first else f"has no text in {STAFF_LANGUAGES[0]}.yml"
            raise ContentError(f"staff/{code}.yml:{lines.get(('texts', key), 1)}", f"{key} {have}")
        for key, text in other.items():
            if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(first[key])):
                where = f"staff/{code}.yml:{lines[('texts', key)]}"
                raise ContentError(where, f"{key} has other placeholders than in {STAFF_LANGUAGES[0]}.yml")
    return texts


def _with_flags(content: Content, folder: Path) -> Content:
    texts: dict[tuple[Flag, str], FlagTexts] = {}
    patterns: list[FlagPatterns] = []
    for language in LANGUAGES:
        path = folder / "red_flags" / f"{language}.yml"
        raw = yaml_file.read(path, _Flags)
        lines = yaml_file.lines(path)
        for flag in Flag:
            if flag not in raw.flags:
                raise ContentError(f"{path.relative_to(folder.parent)}:1", f"the flag {flag} is missing")
            entry = raw.flags[flag]
            for phrase in [*entry.patterns, *entry.check_in, *entry.exceptions]:
                try:
                    compile_phrase(phrase)
                except PatternError as error:
                    line = lines.get(("flags", flag.value), 1)
                    raise ContentError(f"{path.relative_to(folder.parent)}:{line}", str(error)) from error
            texts[flag, language] = FlagTexts(
                flag,
                language,
                entry.text.strip(),
                entry.question.strip(),
                tuple(entry.numbers),
                entry.pictogram,
                Review(entry.review.status, entry.review.role or "", entry.review.date, entry.review.due),
            )
            patterns.append(
                FlagPatterns(flag, language, tuple(entry.patterns), tuple(entry.check_in), tuple(entry.exceptions))
            )
    return replace(content, flags=texts, patterns=tuple(patterns))


def _check_references(content: Content, folder: Path) -> Content:
    """Every placeholder, pictogram and topic that a text names must exist."""
    for answer in content.answers.values():
        for text in (answer.text, answer.simple, *answer.sections.values()):
            for name in PLACEHOLDER.findall(text):
                if name not in content.facts and name not in RENDERED:
                    raise ContentError(
                        answer.where, f"{answer.key} names the fact {{{name}}}, which is not in facts.yml"
                    )
        for topic in answer.next:
            if topic not in content.topics:
                raise ContentError(answer.where, f"{answer.key} points to the topic {topic}, which does not exist")
        if answer.pictogram and answer.pictogram not in content.pictograms:
            raise ContentError(
                answer.where,
                f"{answer.key} names the pictogram {answer.pictogram}, which is not in responses/pictograms",
            )
    for texts in content.flags.values():
        where = f"{folder.name}/red_flags/{texts.language}.yml:1"
        for name in [*PLACEHOLDER.findall(texts.text), *PLACEHOLDER.findall(texts.question), *texts.numbers]:
            if name not in content.facts:
                raise ContentError(where, f"{texts.flag} names the fact {name}, which is not in facts.yml")
        if texts.pictogram not in content.pictograms:
            raise ContentError(where, f"{texts.flag} names the pictogram {texts.pictogram!r}, which does not exist")
    for group in content.menu:
        if group.pictogram not in content.pictograms:
            raise ContentError(f"{folder.name}/menu.yml:1", f"the pictogram {group.pictogram} does not exist")
    return content
