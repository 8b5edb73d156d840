"""The texts that were learnt from, kept small: all are in memory, and few are ever looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True, slots=True)
class Example:
    """A text that was learnt from: as it is compared, as it was written, its language, and its label per question."""

    text: str
    written: str
    language: str
    labels: Mapping[str, str]


class Examples:
    """Examples in their order, which never change; one is made again when it is asked for. Picklable.

    Tens of thousands of them as objects take four times as much memory as their words.
    """

    def __init__(self, examples: Iterable[Example]) -> None:
        lines = [
            json.dumps(astuple(example), ensure_ascii=False).encode(errors="surrogatepass") for example in examples
        ]
        self._lines = b"".join(lines)
        self._ends = np.cumsum([0, *map(len, lines)])

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> Example:
        """One of them, counted from 0. Raises IndexError."""
        return self._read(int(self._ends[row]), int(self._ends[row + 1]))

    def __iter__(self) -> Iterator[Example]:
        """All of them."""
        ends = self._ends.tolist()
        for start, end in pairwise(ends):
            yield self._read(start, end)

    def _read(self, start: int, end: int) -> Example:
        return Example(*json.loads(self._lines[start:end].decode(errors="surrogatepass")))
