"""The desk's own words in Dutch and English: the English sentence is the key (gettext, read from the .po files)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE: Final = Path(__file__).parent / "locale"
LANGUAGES: Final[Mapping[str, str]] = {"nl": "Nederlands", "en": "English"}


class Words:
    """One language. A sentence without a translation stays English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, sentence: str, **values: object) -> str:
        """The sentence in this language, with its {values} filled in; a float as this language writes decimals."""
        said = self._catalogue.gettext(sentence)
        return said.format(**{name: self._written(value) for name, value in values.items()}) if values else said

    def many(self, one: str, more: str, number: int, **values: object) -> str:
        """The sentence for this number, which it may name as {number}."""
        return self._catalogue.ngettext(one, more, number).format(
            number=format_decimal(number, locale=self.language), **values
        )

    def _written(self, value: object) -> object:
        return format_decimal(value, locale=self.language) if isinstance(value, float) else value


@cache
def words(language: str) -> Words:
    """The words of a language; of Dutch for one that the desk does not have."""
    return Words(language if language in LANGUAGES else "nl")


def _catalogue(language: str) -> NullTranslations:
    """All .po files of the language, one after the other."""
    catalogue = NullTranslations()
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
        compiled.seek(0)
        translations = GNUTranslations(compiled)
        translations.add_fallback(catalogue)
        catalogue = translations
    return catalogue
