"""The texts in `responses/`, read and checked: a wrong file is named with its line and the reason."""

from __future__ import annotations

from pathlib import Path

from bot.core.content import Content, Fact, Labels, MenuGroup, Pressure, Topic
from bot.core.language import LANGUAGES
from bot.gateways import yaml_file
from bot.gateways.answer_files import read_answers
from bot.gateways.content_references import check_references
from bot.gateways.content_schema import (
    CardsFile,
    FactsFile,
    GlossaryFile,
    LabelsFile,
    MenuFile,
    PressureFile,
    TopicsFile,
)
from bot.gateways.flag_files import read_flags
from bot.gateways.staff_files import read_staff
from bot.gateways.written_by_desk import ready_messages, source_changes


def load_content(folder: Path) -> Content:
    """Everything under `responses/`. Raises ContentError with file, line and reason."""
    topics = yaml_file.read(folder / "topics.yml", TopicsFile)
    dangers = list(read_flags(folder))
    content = Content(
        answers=read_answers(folder),
        labels={code: _labels(folder / "labels" / f"{code}.yml") for code in LANGUAGES},
        facts=_facts(folder / "facts.yml"),
        topics={key: Topic(key, topic.group, topic.kind) for key, topic in topics.topics.items()},
        meta=tuple(topics.meta),
        menu=_menu(folder / "menu.yml"),
        flags={(texts.flag, texts.language): texts for texts, _ in dangers},
        patterns=tuple(patterns for _, patterns in dangers),
        glossary={
            path.stem: yaml_file.read(path, GlossaryFile).terms for path in sorted((folder / "glossary").glob("*.yml"))
        },
        pressure={path.stem: _pressure(path) for path in sorted((folder / "pressure").glob("*.yml"))},
        cards=yaml_file.read(folder / "red_flags" / "cards.yml", CardsFile).cards,
        pictograms=frozenset(path.stem for path in (folder / "pictograms").glob("*.svg")),
        staff=read_staff(folder / "staff"),
        ready=ready_messages(folder),
        changes=source_changes(folder),
    )
    check_references(content, folder)
    return content


def _labels(path: Path) -> Labels:
    return Labels(**yaml_file.read(path, LabelsFile).model_dump())


def _facts(path: Path) -> dict[str, Fact]:
    raw = yaml_file.read(path, FactsFile)
    return {
        name: Fact(name, fact.values or {"": fact.value or ""}, fact.about, fact.source, fact.checked, fact.demo)
        for name, fact in raw.facts.items()
    }


def _menu(path: Path) -> tuple[MenuGroup, ...]:
    return tuple(
        MenuGroup(group.key, group.emoji, group.pictogram, tuple(group.topics), group.meta)
        for group in yaml_file.read(path, MenuFile).menu
    )


def _pressure(path: Path) -> Pressure:
    raw = yaml_file.read(path, PressureFile)
    allowed = {word: tuple(keys) for word, keys in raw.allowed_in.items()}
    return Pressure(tuple(raw.words), allowed, tuple(raw.exceptions))
