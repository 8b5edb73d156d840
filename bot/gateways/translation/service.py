"""A translation service as the use cases know it: asynchronous, bounded in time, and left alone while it fails."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bot.core.errors import TranslationFailed
from bot.gateways.translation.circuit import Circuit
from bot.gateways.translation.engine import Account, Engine, Languages
from bot.gateways.translation.failures import FOREIGN, failure

THREADS: Final = 4
KEEP_LANGUAGES: Final = 3600.0  # seconds; then the service is asked again what it knows


class TranslationService:
    """Translates texts by one service. `name` is as residents see it; fits `bot.services.translate.Translator`.

    The library blocks, so it works in threads of its own: a service that hangs keeps nobody else waiting.
    `account.seconds` bounds every question to the service, and the whole. `clock` gives seconds that never go back.
    """

    def __init__(
        self,
        engine: type[Engine],
        account: Account,
        *,
        languages: Languages | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = engine.name
        self._engine = engine
        self._account = account
        self._clock = clock
        self._languages = languages
        self._ask_again_at = float("inf") if languages else 0.0
        self._circuit = Circuit(clock)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="translation")

    async def __call__(self, text: str, source: str, target: str) -> str:
        """The text in another language (ISO 639-1 codes). Raises TranslationFailed, which says why."""
        if not self._circuit.allows():
            raise TranslationFailed(f"{self.name} failed several times and is left alone for a minute.")
        try:
            async with asyncio.timeout(self._account.seconds):
                loop = asyncio.get_running_loop()
                translation = await loop.run_in_executor(self._threads, self._translate, text, source, target)
        except FOREIGN as error:
            what = failure(error)
            if what.counts:
                self._circuit.failed()
            # No cause is kept: the foreign error holds the request, and that the text.
            raise TranslationFailed(f"{self.name} {what.reason} ({source} to {target}).") from None
        self._circuit.succeeded()
        return translation

    def close(self) -> None:
        """No more translations, when no turn asks for one any more; does not wait for those under way."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _translate(self, text: str, source: str, target: str) -> str:
        return self._engine(self._account, self._known(), source, target).translate(text)

    def _known(self) -> Languages:
        # Two threads may ask at once; both get the same answer.
        if self._languages is None or self._clock() >= self._ask_again_at:
            self._languages = self._engine.ask_languages(self._account)
            self._ask_again_at = self._clock() + KEEP_LANGUAGES
        return self._languages
