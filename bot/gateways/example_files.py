"""The example questions in `nlu/<language>/*.yml`, as the desk shows them: by key and language."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from bot.core.language import LANGUAGES
from bot.core.normalise import normalise
from bot.gateways import yaml_file

_ENTITY: Final = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


class _Intent(BaseModel):
    intent: str = ""
    examples: str = ""


class _File(BaseModel):
    nlu: list[_Intent] = []


class NluExamples:
    """See `services.teaching.teach_examples.ExampleFiles`. The files are read once, in a thread, when first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: Mapping[tuple[str, str], tuple[str, ...]] | None = None
        self._keys: dict[str, str] = {}
        self._one_at_a_time = asyncio.Lock()

    async def of(self, key: str, language: str) -> tuple[str, ...]:
        """The examples of a topic or meta key (`flag_suicide`, ... for dangers), in the order of the files."""
        return (await self._read()).get((key, language), ())

    async def key_of(self, text: str) -> str:
        """Under which key the same words stand, or ""."""
        await self._read()
        return self._keys.get(normalise(text), "")

    def texts(self) -> Iterator[str]:
        """All examples that are no danger's, read anew: call it in a thread."""
        for (key, _), examples in _everything(self._folder)[0].items():
            if not key.startswith("flag_"):
                yield from examples

    async def _read(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        async with self._one_at_a_time:
            if self._texts is not None:
                return self._texts
            self._texts, self._keys = texts, _ = await asyncio.to_thread(_everything, self._folder)
            return texts


def _everything(folder: Path) -> tuple[dict[tuple[str, str], tuple[str, ...]], dict[str, str]]:
    texts: dict[tuple[str, str], list[str]] = {}
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.yml")):
            for intent in yaml_file.read(path, _File).nlu:
                key = intent.intent.removeprefix("ask_")
                texts.setdefault((key, language), []).extend(_lines(intent.examples))
    keys = {normalise(text): key for (key, _), examples in texts.items() for text in examples}
    return {place: tuple(examples) for place, examples in texts.items()}, keys


def _lines(examples: str) -> Iterator[str]:
    for line in examples.splitlines():
        text = line.strip().removeprefix("-").strip()
        if text:
            yield _ENTITY.sub(r"\1", text)
