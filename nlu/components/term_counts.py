"""Texts as counts of their terms: what scikit-learn's TfidfVectorizer gives, without its checks of what never changes.

It learns as scikit-learn does; but for one short text at a time, that takes ten times as long as the counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer

Weights = npt.NDArray[Any]  # of 32 or 64 bits, as the vectorizers were told


class TermCounts:
    """The terms of fitted vectorizers (`sublinear_tf`, length 1), side by side. Picklable. Call it with texts."""

    def __init__(self, vectorizers: Sequence[TfidfVectorizer]) -> None:
        self._kinds = [_Terms(vectorizer) for vectorizer in vectorizers]
        self._starts = np.cumsum([0, *(len(kind.rarity) for kind in self._kinds)])

    def __call__(self, texts: Iterable[str]) -> csr_matrix:
        """Texts as rows of length 1, shape (n, terms); terms that were never met count for nothing."""
        rows = [self._row(text) for text in texts]
        columns, weights = [row[0] for row in rows], [row[1] for row in rows]
        ends = np.cumsum([0, *map(len, columns)], dtype=np.int32)
        shape = (len(rows), int(self._starts[-1]))
        dtype = self._kinds[0].rarity.dtype
        return csr_matrix((_joined(weights, dtype), _joined(columns, np.int32), ends), shape=shape)

    def _row(self, text: str) -> tuple[npt.NDArray[np.int32], Weights]:
        found = [kind.of(text) for kind in self._kinds]
        if len(found) == 1:
            return found[0]
        columns = np.concatenate([own + start for (own, _), start in zip(found, self._starts, strict=False)])
        return columns, _of_length_one(np.concatenate([weights for _, weights in found]))


class _Terms:
    """One kind of terms: the column of each, and how much more a rare one weighs."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._divide: Callable[[str], list[str]] = clone(vectorizer).build_analyzer()
        self._columns = {term: int(column) for term, column in vectorizer.vocabulary_.items()}
        self.rarity: Weights = vectorizer.idf_.astype(vectorizer.dtype)

    def of(self, text: str) -> tuple[npt.NDArray[np.int32], Weights]:
        """The columns of a text's terms and their weights, in the vectorizer's own order: sums come out the same."""
        known = [column for column in map(self._columns.get, self._divide(text)) if column is not None]
        times = sorted(Counter(known).items(), reverse=True)
        columns = np.array([column for column, _ in times], dtype=np.int32)
        weights = np.array([number for _, number in times], dtype=self.rarity.dtype)
        return columns, _of_length_one((np.log(weights) + 1) * self.rarity[columns])


def _of_length_one(weights: Weights) -> Weights:
    length = np.sqrt((weights * weights).sum(dtype=np.float64))
    return np.divide(weights, length or 1.0, dtype=np.float64).astype(weights.dtype)


def _joined(parts: Sequence[npt.NDArray[Any]], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *parts])
