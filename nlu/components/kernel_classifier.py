"""Kernel ridge classification of short texts: what both the topic and the red-flag classifier learn with.

The likeness of two texts is k(a, b) = exp(g (cos(a, b) - 1)) + w s(a, b): a Gaussian kernel over encoded
sentences with the training mean subtracted, plus the cosine s of their word and character counts. One
one-against-rest regression per label (labels +1 and -1) is solved in closed form, in seconds for ten
thousand texts: Saunders, Gammerman and Vovk, "Ridge regression learning algorithm in dual variables", 1998.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

Floats = npt.NDArray[np.float32]

WIDTH: Final = 2.0  # g
WORDS: Final = 0.6  # w
RIDGE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from, normalised; `vector` has shape (dimensions,) or is None without an encoder."""

    text: str
    label: str
    vector: Floats | None


class KernelClassifier:
    """Fits once, then scores single texts. Picklable. Raises ValueError for examples of fewer than two labels.

    Examples without a vector are learnt from by their words alone: they stand after those with one.
    """

    def __init__(self, examples: list[Example]) -> None:
        if len({example.label for example in examples}) < 2:  # noqa: PLR2004 - a choice needs two
            raise ValueError("there must be examples of at least two labels")
        ordered = sorted(examples, key=lambda example: example.vector is None)
        texts = [example.text for example in ordered]
        self.labels = sorted({example.label for example in ordered})
        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", dtype=np.float32)
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._words.fit(texts)
        self._letters.fit(texts)
        counts = self._count(texts)
        self._counts_by_term = counts.T.tocsr()
        vectors = [example.vector for example in ordered if example.vector is not None]
        dense = np.stack(vectors) if vectors else np.zeros((0, 1), np.float32)
        self._mean = dense.mean(axis=0) if vectors else np.zeros(1, np.float32)
        self._dense = _unit(dense - self._mean)
        targets = np.array([[1.0 if example.label == label else -1.0 for label in self.labels] for example in ordered])
        likeness = self._likeness(self._dense, counts)
        likeness[np.diag_indices_from(likeness)] += RIDGE
        # scikit-learn's KernelRidge solves the same, with checks that take four times as long.
        factor = cho_factor(likeness, lower=True, overwrite_a=True, check_finite=False)
        self._weights: Floats = cho_solve(factor, targets.astype(np.float32), check_finite=False)

    def scores(self, text: str, vector: Floats | None) -> Floats:
        """One number per label, in the order of `labels`: about +1 for its own, -1 for another."""
        dense = _unit((vector - self._mean)[None, :]) if vector is not None and len(self._dense) else None
        return np.asarray(self._likeness(dense, self._count([text]))[0] @ self._weights, dtype=np.float32)

    def _count(self, texts: list[str]) -> csr_matrix:
        return normalize(hstack([self._words.transform(texts), self._letters.transform(texts)]).tocsr())

    def _likeness(self, dense: Floats | None, counts: csr_matrix) -> Floats:
        """Likeness of n texts, of which the first have vectors, to every example: shape (n, examples)."""
        likeness: Floats = (counts @ self._counts_by_term).toarray()
        likeness *= WORDS
        if dense is not None and len(dense):
            near: Floats = dense @ self._dense.T
            near -= 1
            near *= WIDTH
            np.exp(near, out=near)
            likeness[: len(dense), : len(self._dense)] += near
        return likeness


def probabilities(scores: Floats, sharpness: float) -> Floats:
    """Scores as numbers that add up to one (softmax of `sharpness` times the scores)."""
    raised = np.exp(sharpness * (scores - scores.max()))
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
