"""The dangers in `responses/red_flags/`, read and checked: every danger in every language, every phrase readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.core.content import FlagTexts
from bot.core.errors import ContentError
from bot.core.language import LANGUAGES
from bot.core.triage import Flag, FlagPatterns, PatternError, compile_phrase
from bot.gateways import yaml_file
from bot.gateways.content_schema import FlagEntry, FlagsFile


def read_flags(folder: Path) -> Iterator[tuple[FlagTexts, FlagPatterns]]:
    """What is said of every danger, and what sees it. Raises ContentError with file, line and reason."""
    for language in LANGUAGES:
        path = folder / "red_flags" / f"{language}.yml"
        raw = yaml_file.read(path, FlagsFile)
        named = path.relative_to(folder.parent)
        lines = yaml_file.lines(path)
        for flag in Flag:
            if flag not in raw.flags:
                raise ContentError(f"{named}:1", f"the flag {flag} is missing")
            entry = raw.flags[flag]
            _check_phrases(entry, f"{named}:{lines.get(('flags', flag.value), 1)}")
            yield _texts(flag, language, entry), _patterns(flag, language, entry)


def _check_phrases(entry: FlagEntry, where: str) -> None:
    for phrase in [*entry.patterns, *entry.check_in, *entry.exceptions]:
        try:
            compile_phrase(phrase)
        except PatternError as error:
            raise ContentError(where, str(error)) from error


def _texts(flag: Flag, language: str, entry: FlagEntry) -> FlagTexts:
    return FlagTexts(
        flag,
        language,
        entry.text.strip(),
        entry.question.strip(),
        tuple(entry.numbers),
        entry.pictogram,
        entry.review.review(),
    )


def _patterns(flag: Flag, language: str, entry: FlagEntry) -> FlagPatterns:
    return FlagPatterns(flag, language, tuple(entry.patterns), tuple(entry.check_in), tuple(entry.exceptions))
