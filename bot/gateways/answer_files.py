"""The answers in `responses/<language>/`, read and checked: every key once a language, with one text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.core.content import Answer, Source
from bot.core.errors import ContentError
from bot.core.language import LANGUAGES
from bot.gateways import yaml_file
from bot.gateways.content_schema import AnswerEntry, AnswersFile


def read_answers(folder: Path) -> dict[tuple[str, str], Answer]:
    """All answers by key and language. Raises ContentError with file, line and reason."""
    answers: dict[tuple[str, str], Answer] = {}
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.yml")):
            for answer in _answers(path, language, folder):
                if (answer.key, language) in answers:
                    raise ContentError(answer.where, f"{answer.key} stands in two files for {language}")
                answers[answer.key, language] = answer
    return answers


def _answers(path: Path, language: str, folder: Path) -> Iterator[Answer]:
    document, lines = yaml_file.read(path, AnswersFile), yaml_file.lines(path)
    for key, variants in document.responses.items():
        where = f"{path.relative_to(folder.parent)}:{lines.get(('responses', key), 1)}"
        if len(variants) != 1:
            raise ContentError(where, f"{key} must have exactly one text, it has {len(variants)}")
        yield _answer(key, language, variants[0], where)


def _answer(key: str, language: str, raw: AnswerEntry, where: str) -> Answer:
    meta = raw.metadata
    return Answer(
        key=key,
        language=language,
        text=raw.text.strip(),
        simple=meta.simple.strip(),
        sections={name: text.strip() for name, text in meta.sections.items()},
        pictogram=meta.pictogram,
        sources=tuple(Source(s.name, s.url, s.checked) for s in meta.sources),
        review=meta.review.review(),
        translates=meta.translates or "",
        tested_with=tuple(meta.tested_with),
        next=tuple(meta.next),
        effects=tuple(meta.effects),
        where=where,
    )
