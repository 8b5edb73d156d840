"""What one side of a case wrote, for the other side in their own language.

Only with the resident's consent, which names the service; numbers, addresses and names stay in the house.
Emergency texts never come here: they are written and checked by people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from bot.core.errors import TranslationFailed
from bot.core.mask import mask

log = structlog.get_logger("translate")
FAILED: Final = "failed"  # as in `core.case.Said.translator`


class Translator(Protocol):
    """A translation service. `name` is as residents see it, and as they agree to it."""

    name: str

    async def __call__(self, text: str, source: str, target: str) -> str:
        """The text in another language (ISO 639-1 codes). Raises TranslationFailed."""
        ...


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation and the service it is by; "" and "" when none was needed or allowed.

    `translator` is FAILED when it was tried and did not come. Goes into `Said` as it is.
    """

    text: str = ""
    translator: str = ""


class Translate:
    """Call it with a text and what the resident agreed to; without a service (None) nothing is translated."""

    def __init__(self, translator: Translator | None) -> None:
        self._translator = translator

    @property
    def service(self) -> str:
        """The name that the resident is asked to agree to, or "" when nothing is translated here."""
        return self._translator.name if self._translator else ""

    async def __call__(
        self, text: str, source: str, target: str, *, agreed: str, names: Sequence[str] = ()
    ) -> Translated:
        """`agreed` is the service that the case agreed to (`Case.translator`); `names` are kept back. Never fails."""
        translator = self._translator
        if translator is None or agreed != translator.name or source == target or not _has_words(text):
            return Translated()
        masked = mask(text, tuple(names))
        try:
            translation = await translator(masked.text, source, target)
        except TranslationFailed as error:
            log.warning("no translation", service=translator.name, reason=str(error))
            return Translated(translator=FAILED)
        return Translated(masked.restore(translation), translator.name)


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
