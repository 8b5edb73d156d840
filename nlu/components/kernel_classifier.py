"""Kernel ridge classification of short texts: what topics and red flags are learnt with.

The likeness of two texts is k(a, b) = exp(g (cos(a, b) - 1)) + w s(a, b): a Gaussian kernel over encoded
sentences with the training mean subtracted, plus the cosine s of their word and character counts. One
one-against-rest regression per label (labels +1 and -1) is solved in closed form, in seconds for ten
thousand texts: Saunders, Gammerman and Vovk, "Ridge regression learning algorithm in dual variables", 1998.
Several questions about the same texts ("which topic?", "which danger?") share the likeness and its solution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
RIDGE: Final = 0.1
_BLOCK: Final = 1024  # examples


class KernelClassifier:
    """Fits once, then scores single texts. Picklable.

    `texts` are normalised; `vectors` has shape (texts, dimensions) or is None without an encoder. `questions`
    gives every text a label per question, "" where it has none. Raises ValueError for a question of fewer than
    two labels.
    """

    def __init__(self, texts: Sequence[str], vectors: Floats | None, questions: Mapping[str, Sequence[str]]) -> None:
        self.labels = {question: sorted(set(given) - {""}) for question, given in questions.items()}
        if any(len(labels) < 2 for labels in self.labels.values()):  # noqa: PLR2004 - a choice needs two
            raise ValueError("there must be examples of at least two labels")
        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", dtype=np.float32)
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._words.fit(texts)
        self._letters.fit(texts)
        counts = self._count(texts)
        self._counts_by_term = counts.T.tocsr()
        self._mean = vectors.mean(axis=0) if vectors is not None else None
        self._dense = self._centred(vectors)
        likeness = self._likeness_of_all(counts)
        likeness[np.diag_indices_from(likeness)] += RIDGE
        # scikit-learn's KernelRidge solves the same, with checks that take four times as long. The transpose is
        # the same matrix in the order that LAPACK wants: it is solved in place.
        factor = cho_factor(likeness.T, lower=True, overwrite_a=True, check_finite=False)
        targets = np.hstack([_targets(given, self.labels[question]) for question, given in questions.items()])
        self._weights: Floats = cho_solve(factor, targets, overwrite_b=True, check_finite=False)

    def scores(self, text: str, vector: Floats | None) -> dict[str, Floats]:
        """Per question one number per label, in the order of `labels`: about +1 for its own, -1 for another."""
        dense = self._centred(vector[None, :]) if vector is not None else None
        all_scores = self._likeness(dense, self._count([text]))[0] @ self._weights
        ends = np.cumsum([len(labels) for labels in self.labels.values()])
        return dict(zip(self.labels, np.split(np.asarray(all_scores, dtype=np.float32), ends[:-1]), strict=True))

    def _count(self, texts: Sequence[str]) -> csr_matrix:
        return normalize(hstack([self._words.transform(texts), self._letters.transform(texts)]).tocsr())

    def _centred(self, vectors: Floats | None) -> Floats | None:
        """Vectors less the training mean, each of length 1; None when there is nothing to compare them with."""
        if vectors is None or self._mean is None:
            return None
        moved = vectors - self._mean
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def _likeness_of_all(self, counts: csr_matrix) -> Floats:
        """Likeness of the examples to each other: shape (examples, examples). Made in blocks, to save memory."""
        size = counts.shape[0]
        likeness: Floats = np.empty((size, size), dtype=np.float32)
        for start in range(0, size, _BLOCK):
            rows = slice(start, start + _BLOCK)
            likeness[rows] = self._likeness(None if self._dense is None else self._dense[rows], counts[rows])
        return likeness

    def _likeness(self, dense: Floats | None, counts: csr_matrix) -> Floats:
        """Likeness of n texts to every example: shape (n, examples)."""
        likeness: Floats = (counts @ self._counts_by_term).toarray()
        likeness *= WORDS
        if dense is not None and self._dense is not None:
            near: Floats = dense @ self._dense.T
            near -= 1
            near *= WIDTH
            np.exp(near, out=near)
            likeness += near
        return likeness


def probabilities(scores: Floats, sharpness: float) -> Floats:
    """Scores as numbers that add up to one (softmax of `sharpness` times the scores)."""
    raised = np.exp(sharpness * (scores - scores.max()))
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _targets(given: Sequence[str], labels: Sequence[str]) -> Floats:
    """+1 where a text has the label, -1 where not: shape (texts, labels)."""
    return np.where(np.array(given)[:, None] == np.array(labels)[None, :], 1.0, -1.0).astype(np.float32)
