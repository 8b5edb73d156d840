"""Which questions ask the same: sentences near each other in meaning, found with the encoder of the language model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from bot.core.normalise import normalise

ALIKE: Final = 0.6  # cosine, less the mean; on examples of 30 topics in five languages 95 % of a group is of one topic
AT_ONCE: Final = 400  # new sentences that one call encodes, 15 ms each; the rest waits for the next call
# The vectors of this encoder all point much the same way: what they share, as these tell it, is taken off.
USUAL: Final = (
    "Wat kost de griepprik?", "Ik voel me alleen.", "Waar kan ik Nederlands leren?", "Mijn kind heeft koorts.",
    "Hoe vraag ik huurtoeslag aan?", "Kin ik mei in dokter prate?", "Myn bern wol net sliepe.", "Is it safe?",
    "Where is the pharmacy?", "I lost my letter.", "Who can help me with money?", "أين أجد طبيبا؟",
    "هل التطعيم إجباري؟", "لا أستطيع النوم", "كيف أتعلم اللغة؟", "Aşı güvenli mi?", "Randevu almak istiyorum.",
    "Kiramı ödeyemiyorum.", "Kime sorabilirim?", "Thank you very much.",
)  # fmt: skip

Vectors = npt.NDArray[np.float32]


class Encode(Protocol):
    """Turns n texts into an array of shape (n, dimensions)."""

    def __call__(self, texts: list[str]) -> npt.NDArray[Any]:
        """The encoded texts."""
        ...


class SentenceLikeness:
    """See `services.content_ports.Likeness`. Without an encoder only the same words are alike.

    `find_encoder` is called once, when it is first needed. Vectors stay in memory for as long as their text is asked
    about.
    """

    def __init__(self, find_encoder: Callable[[], Encode | None]) -> None:
        self._find = find_encoder
        self._vectors: dict[str, Vectors] = {}
        self._mean: Vectors | None = None
        self._last: tuple[tuple[str, ...], list[list[int]]] = ((), [])
        self._one_at_a_time = asyncio.Lock()

    async def groups(self, texts: Sequence[str]) -> list[list[int]]:
        """Positions of texts that ask the same, the largest group first; the first text of a group leads it."""
        async with self._one_at_a_time:
            if self._last[0] != tuple(texts):
                found, complete = await asyncio.to_thread(self._grouped, list(texts))
                self._last = (tuple(texts) if complete else (), found)
            return [list(group) for group in self._last[1]]

    def _grouped(self, texts: list[str]) -> tuple[list[list[int]], bool]:
        """The groups, and whether every text was looked at by its meaning."""
        by_words: dict[str, list[int]] = {}
        for position, text in enumerate(texts):
            by_words.setdefault(normalise(text), []).append(position)
        vectors = self._known({words: texts[positions[0]] for words, positions in by_words.items()})
        led: dict[str, list[int]] = {}
        leaders: list[str] = []
        points = np.empty((len(vectors), next(iter(vectors.values())).shape[0]) if vectors else (0, 0), np.float32)
        for words, positions in by_words.items():
            leader = self._leader(vectors.get(words), leaders, points)
            led.setdefault(leader or words, []).extend(positions)
            if not leader and words in vectors:
                points[len(leaders)] = vectors[words]
                leaders.append(words)
        complete = not vectors or len(vectors) == len(by_words)
        return sorted((sorted(group) for group in led.values()), key=len, reverse=True), complete

    def _leader(self, vector: Vectors | None, leaders: list[str], points: Vectors) -> str:
        """The words of the group that a sentence belongs to, or ""."""
        if vector is None or not leaders:
            return ""
        cosines = points[: len(leaders)] @ vector
        best = int(cosines.argmax())
        return leaders[best] if cosines[best] >= ALIKE else ""

    def _known(self, texts: dict[str, str]) -> dict[str, Vectors]:
        """Vectors of length 1 by normalised words; what is no longer asked about is forgotten."""
        encode = self._find()
        if encode is None:
            return {}
        if self._mean is None:
            self._mean = np.asarray(encode(list(USUAL)), np.float32).mean(axis=0)
        self._vectors = {words: vector for words, vector in self._vectors.items() if words in texts}
        new = [words for words in texts if words and words not in self._vectors][:AT_ONCE]
        if new:
            raw = np.asarray(encode([texts[words] for words in new]), np.float32) - self._mean
            lengths = np.linalg.norm(raw, axis=1, keepdims=True)
            self._vectors.update(zip(new, raw / np.maximum(lengths, 1e-9), strict=True))
        return self._vectors
