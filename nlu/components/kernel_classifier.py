"""Kernel ridge classification of short texts: what topics and red flags are learnt with.

The likeness of two texts is k(a, b) = exp(g (cos(a, b) - 1)) + w s(a, b): a Gaussian kernel over encoded
sentences with the training mean subtracted, plus the cosine s of their word and character counts. One
one-against-rest regression per label (labels +1 and -1) is solved in closed form, in seconds for ten
thousand texts: Saunders, Gammerman and Vovk, "Ridge regression learning algorithm in dual variables", 1998.
Several questions about the same texts ("which topic?", "which danger?") share the likeness and its solution.
What is learnt later extends the solution without solving it again: see `lessons.extended`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.components.examples import Example, Examples
from nlu.components.term_counts import TermCounts

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]

WIDTH: Final = 2.0  # g
WORDS: Final = 0.6  # w
RIDGE: Final = 0.1
RARE: Final = 100  # examples; a label with fewer is given weight beyond its share (see `targets_of`)
_BLOCK: Final = 1024  # examples


@dataclass(frozen=True, slots=True)
class Points:
    """Texts as the likeness sees them: centred vectors of shape (n, dimensions) or None, and counts (n, terms)."""

    dense: Floats | None
    counts: csr_matrix

    def __getitem__(self, rows: slice | Rows) -> Points:
        """Some of them."""
        return Points(None if self.dense is None else self.dense[rows], self.counts[rows])


class KernelClassifier:
    """Fits once, then scores texts. Picklable.

    Every example has a label per question, "" where it has none. `vectors` has shape (examples, dimensions) or is
    None without an encoder. Raises ValueError for a question of fewer than two labels.
    """

    def __init__(self, examples: Sequence[Example], vectors: Floats | None, questions: Sequence[str]) -> None:
        self.examples = Examples(examples)
        self.labels = {name: sorted({e.labels[name] for e in examples} - {""}) for name in questions}
        if any(len(labels) < 2 for labels in self.labels.values()):  # noqa: PLR2004 - a choice needs two
            raise ValueError("there must be examples of at least two labels")
        texts = [example.text for example in examples]
        self._count = TermCounts([vectorizer.fit(texts) for vectorizer in _vectorizers()])
        self._mean = vectors.mean(axis=0) if vectors is not None else None
        points = self.points(texts, vectors)
        self._dense, self._counts_by_term = points.dense, points.counts.T.tocsr()
        likeness = self._likeness_of_all(points)
        likeness[np.diag_indices_from(likeness)] += RIDGE
        # scikit-learn's KernelRidge solves the same, with checks that take four times as long. The transpose is
        # the same matrix in the order that LAPACK wants: it is solved in place.
        factor = cho_factor(likeness.T, lower=True, overwrite_a=True, check_finite=False)
        # One more column is the solution for a label that no example has: a label that is learnt later begins so.
        targets = np.hstack(
            [targets_of(examples, self.labels, self.counts()), -np.ones((len(texts), 1), dtype=np.float32)]
        )
        self.weights: Floats = cho_solve(factor, targets, overwrite_b=True, check_finite=False)

    def scores(self, texts: Sequence[str], vectors: Floats | None) -> dict[str, Floats]:
        """Per question an array of shape (texts, labels), in the order of `labels`: about +1 for its own, else -1."""
        points = self.points(texts, vectors)
        blocks = [
            self.likeness(points[start : start + _BLOCK]) @ self.weights for start in range(0, len(texts), _BLOCK)
        ]
        ends = np.cumsum([len(labels) for labels in self.labels.values()])
        parts = np.split(np.vstack(blocks), ends, axis=1)
        return dict(zip(self.labels, parts, strict=False))  # the last part is the label that no example has

    def nearest(self, text: str, vector: Floats | None, n: int) -> list[tuple[Example, float]]:
        """The n examples that are most like a text, with their likeness from 0 to 1, the nearest first."""
        likeness = self.likeness(self.points([text], None if vector is None else vector[None, :]))[0]
        rows = np.argsort(-likeness, kind="stable")[:n]
        return [(self.examples[row], min(1.0, float(likeness[row]) / self.greatest)) for row in rows.tolist()]

    def counts(self) -> dict[str, Counter[str]]:
        """How many examples every label of every question has."""
        return {name: Counter(example.labels[name] for example in self.examples) for name in self.labels}

    @property
    def greatest(self) -> float:
        """The likeness of a text to itself."""
        return WORDS + (self._dense is not None)

    def points(self, texts: Sequence[str], vectors: Floats | None) -> Points:
        """Texts as they are compared; words that no example had count for nothing."""
        return Points(self._centred(vectors), self._count(texts))

    def likeness(self, points: Points, rows: Rows | None = None) -> Floats:
        """Likeness of n texts to the examples, or to those of `rows`: shape (n, examples)."""
        counts_by_term = self._counts_by_term if rows is None else self._counts_by_term[:, rows]
        likeness: Floats = (points.counts @ counts_by_term).toarray()
        likeness *= WORDS
        if points.dense is not None and self._dense is not None:
            near: Floats = points.dense @ (self._dense if rows is None else self._dense[rows]).T
            near -= 1
            near *= WIDTH
            np.exp(near, out=near)
            likeness += near
        return likeness

    def known(self, rows: Rows) -> Points:
        """Examples as they are compared."""
        return Points(None if self._dense is None else self._dense[rows], self._counts_by_term[:, rows].T.tocsr())

    def add(self, examples: Sequence[Example], points: Points) -> None:
        """More examples, which weigh nothing yet; a label that is new has the solution of one that no example has."""
        self.examples = Examples([*self.examples, *examples])
        untaught = self.weights[:, -1:]
        ends = np.cumsum([len(labels) for labels in self.labels.values()])
        blocks = np.split(self.weights, ends, axis=1)
        for number, name in enumerate(self.labels):
            new = sorted({example.labels[name] for example in self.examples} - {"", *self.labels[name]})
            self.labels = self.labels | {name: [*self.labels[name], *new]}
            blocks[number] = np.hstack([blocks[number], *([untaught] * len(new))])
        weights = np.hstack(blocks)
        self.weights = np.vstack([weights, np.zeros((len(examples), weights.shape[1]), dtype=np.float32)])
        self._counts_by_term = hstack([self._counts_by_term, points.counts.T]).tocsr()
        if self._dense is not None and points.dense is not None:
            self._dense = np.vstack([self._dense, points.dense])

    def _centred(self, vectors: Floats | None) -> Floats | None:
        """Vectors less the training mean, each of length 1; None when there is nothing to compare them with."""
        if vectors is None or self._mean is None:
            return None
        moved = vectors - self._mean
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def _likeness_of_all(self, points: Points) -> Floats:
        """Likeness of the examples to each other: shape (examples, examples). Made in blocks, to save memory."""
        size = len(self.examples)
        likeness: Floats = np.empty((size, size), dtype=np.float32)
        for start in range(0, size, _BLOCK):
            rows = slice(start, start + _BLOCK)
            likeness[rows] = self.likeness(points[rows])
        return likeness


def _vectorizers() -> list[TfidfVectorizer]:
    """Of words and pairs of words, and of three to five letters in a row."""
    return [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", dtype=np.float32),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32),
    ]


def probabilities(scores: Floats, sharpness: float) -> Floats:
    """Scores as numbers that add up to one (softmax of `sharpness` times the scores)."""
    raised = np.exp(sharpness * (scores - scores.max()))
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def targets_of(
    examples: Sequence[Example], labels: Mapping[str, Sequence[str]], counts: Mapping[str, Counter[str]]
) -> Floats:
    """+1 where an example has the label, -1 where not: shape (examples, labels of all questions).

    `counts` is how many examples each label of each question has. A rare label's own examples are given up to +3:
    among hundreds of every other label, twelve examples at +1 are answered half as often (docs/architecture.md).
    """
    columns = []
    for name, known in labels.items():
        has = np.array([example.labels[name] for example in examples])[:, None] == np.array(known)[None, :]
        own = [1 + 2 * max(0.0, 1 - counts[name][label] / RARE) for label in known]
        columns.append(np.where(has, np.array(own)[None, :], -1.0))
    return np.hstack(columns).astype(np.float32)
