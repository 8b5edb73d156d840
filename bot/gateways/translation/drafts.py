"""Drafts of public texts for editors: services that anybody may use, and that residents' words never reach."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Protocol

from deep_translator import GoogleTranslator, MyMemoryTranslator  # type: ignore[import-untyped]

from bot.core.errors import SettingsError, TranslationFailed
from bot.gateways.translation.failures import FOREIGN, failure

SECONDS: Final = 20.0
_SERVICES: Final[Mapping[str, Any]] = {"google": GoogleTranslator, "mymemory": MyMemoryTranslator}
_LOCALES: Final = {"nl": "nl-NL", "en": "en-GB", "ar": "ar-SA", "tr": "tr-TR", "fy": "fy-NL"}  # MyMemory's names


class Drafts(Protocol):
    """A machine that drafts a translation of public text. Raises TranslationFailed."""

    async def __call__(self, text: str, source: str, target: str) -> str:
        """The text in another language (ISO 639-1 codes)."""
        ...


def open_draft_translator(name: str, residents: Drafts | None) -> Drafts | None:
    """The service of the setting DRAFT_TRANSLATOR: google, mymemory, or "" for the one residents have.

    None without any. Raises SettingsError for another name.
    """
    chosen = name.strip().casefold()
    if not chosen:
        return residents
    if chosen not in _SERVICES:
        raise SettingsError(f"DRAFT_TRANSLATOR: {chosen!r} is not known. Choose google or mymemory, or leave it out.")
    return PublicService(chosen, _SERVICES[chosen])


class PublicService:
    """One of deep-translator's own translators, which block and wait without end: in a thread, and bounded."""

    def __init__(self, name: str, translator: Any, seconds: float = SECONDS) -> None:
        self._name, self._translator, self._seconds = name, translator, seconds
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="drafts")

    async def __call__(self, text: str, source: str, target: str) -> str:
        """The text in another language. Raises TranslationFailed, which says why."""
        try:
            async with asyncio.timeout(self._seconds):
                loop = asyncio.get_running_loop()
                drafted = await loop.run_in_executor(self._threads, self._draft, text, source, target)
        except FOREIGN as error:
            raise TranslationFailed(f"{self._name} {failure(error).reason} ({source} to {target}).") from None
        if not drafted or not drafted.strip():
            raise TranslationFailed(f"{self._name} gave no translation ({source} to {target}).")
        return drafted

    def _draft(self, text: str, source: str, target: str) -> str:
        own = _LOCALES if self._name == "mymemory" else {}
        made = self._translator(source=own.get(source, source), target=own.get(target, target))
        return str(made.translate(text) or "")
