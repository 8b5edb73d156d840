"""What texts name: every placeholder, pictogram and topic must exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from bot.core.content import PLACEHOLDER, Answer, Content, FlagTexts
from bot.core.errors import ContentError

# Filled in when a text is rendered, beside the facts.
RENDERED: Final = frozenset(
    {"topic", "number", "sources", "date", "person_name", "person_role", "organisation"}
    | {"area", "team", "neighbourhood", "hours_line", "minutes", "when", "walk_in", "service"}
)


def check_references(content: Content, folder: Path) -> None:
    """Raises ContentError for the first name of something that does not exist."""
    answers = ((one.where, fault) for one in content.answers.values() for fault in _of_answer(one, content))
    flags = (
        (f"{folder.name}/red_flags/{one.language}.yml:1", fault)
        for one in content.flags.values()
        for fault in _of_flag(one, content)
    )
    menu = (
        (f"{folder.name}/menu.yml:1", f"the pictogram {group.pictogram} does not exist")
        for group in content.menu
        if group.pictogram not in content.pictograms
    )
    for where, fault in chain(answers, flags, menu):
        raise ContentError(where, fault)


def _of_answer(answer: Answer, content: Content) -> Iterator[str]:
    for text in (answer.text, answer.simple, *answer.sections.values()):
        for name in PLACEHOLDER.findall(text):
            if name not in content.facts and name not in RENDERED:
                yield f"{answer.key} names the fact {{{name}}}, which is not in facts.yml"
    for topic in answer.next:
        if topic not in content.topics:
            yield f"{answer.key} points to the topic {topic}, which does not exist"
    if answer.pictogram and answer.pictogram not in content.pictograms:
        yield f"{answer.key} names the pictogram {answer.pictogram}, which is not in responses/pictograms"


def _of_flag(texts: FlagTexts, content: Content) -> Iterator[str]:
    for name in [*PLACEHOLDER.findall(texts.text), *PLACEHOLDER.findall(texts.question), *texts.numbers]:
        if name not in content.facts:
            yield f"{texts.flag} names the fact {name}, which is not in facts.yml"
    if texts.pictogram not in content.pictograms:
        yield f"{texts.flag} names the pictogram {texts.pictogram!r}, which does not exist"
