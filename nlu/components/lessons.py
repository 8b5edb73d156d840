"""What is learnt later: examples added to a classifier in seconds, without solving everything again.

Kernel ridge regression solves (K + r I) A = Y. With all weights kept but those of a block S of examples (the new ones
and the old ones most like them), one step of block Gauss-Seidel relaxation adds D to the weights of the block, from
(K_SS + r I) D = Y_S - (K A)_S - r A_S: Saad, "Iterative Methods for Sparse Linear Systems", 2nd ed., 2003, section 4.1.
For examples that are like no new one the right-hand side stays nearly nought: they are judged as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Final

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from nlu.components.examples import Example, Examples
from nlu.components.kernel_classifier import RIDGE, Floats, KernelClassifier, Points, Rows, targets_of

# Old examples that are weighed again. Fewer, and new topics take questions from others; more, and it takes longer and
# new topics are answered less often: measured with six topics taken out, docs/architecture.md.
NEIGHBOURS: Final = 1000
_BLOCK: Final = 512


def extended(base: KernelClassifier, examples: Sequence[Example], vectors: Floats | None) -> KernelClassifier:
    """A classifier that knows these examples too; the base is not changed.

    A text that the base knows already gets the new label of every question that has one; its other labels stay.
    `vectors` has shape (examples, dimensions), or is None where the base was trained without an encoder.
    """
    classifier = copy(base)
    added = _unknown(base, examples)
    changed = _relabelled(classifier, examples)
    new = [examples[row] for row in added]
    points = _points(classifier, new, None if vectors is None else vectors[added])
    near = _nearest(classifier, points, changed)
    start = len(classifier.examples)
    classifier.add(new, points)
    block = np.concatenate([near, np.arange(start, len(classifier.examples))])
    if len(block):
        _relax(classifier, block)
    return classifier


def _points(classifier: KernelClassifier, new: Sequence[Example], vectors: Floats | None) -> Points:
    if not new:
        return classifier.known(np.array([], dtype=np.intp))
    return classifier.points([example.text for example in new], vectors)


def _unknown(base: KernelClassifier, examples: Sequence[Example]) -> Rows:
    """Which of the examples are new; the first of those with the same text."""
    seen = {example.text for example in base.examples}
    rows = []
    for row, example in enumerate(examples):
        if example.text not in seen:
            seen.add(example.text)
            rows.append(row)
    return np.array(rows, dtype=np.intp)


def _relabelled(classifier: KernelClassifier, examples: Sequence[Example]) -> Rows:
    """Gives old examples their new labels; returns the rows of those that changed."""
    given = {example.text: example.labels for example in examples}
    known, rows = list(classifier.examples), []
    for row, example in enumerate(known):
        labels = {name: label for name, label in given.get(example.text, {}).items() if label}
        if any(example.labels[name] != label for name, label in labels.items()):
            known[row] = replace(example, labels={**example.labels, **labels})
            rows.append(row)
    classifier.examples = Examples(known) if rows else classifier.examples
    return np.array(rows, dtype=np.intp)


def _nearest(classifier: KernelClassifier, points: Points, changed: Rows) -> Rows:
    """The old examples that are most like the new and the changed ones, and the changed ones themselves."""
    highest = np.zeros(len(classifier.examples), dtype=np.float32)
    for asked in (points, classifier.known(changed)):
        for start in range(0, asked.counts.shape[0], _BLOCK):
            likeness = classifier.likeness(asked[start : start + _BLOCK])
            np.maximum(highest, likeness.max(axis=0), out=highest)
    highest[changed] = np.inf
    rows = np.argsort(-highest, kind="stable")[: max(NEIGHBOURS, len(changed))]
    return np.sort(rows[highest[rows] > 0])


def _relax(classifier: KernelClassifier, block: Rows) -> None:
    points = classifier.known(block)
    known = np.vstack([
        classifier.likeness(points[start : start + _BLOCK]) @ classifier.weights
        for start in range(0, len(block), _BLOCK)
    ])  # fmt: skip
    targets = targets_of([classifier.examples[row] for row in block], classifier.labels, classifier.counts())
    targets = np.hstack([targets, -np.ones((len(block), 1), dtype=np.float32)])
    left_over = targets - known - RIDGE * classifier.weights[block]
    among = classifier.likeness(points, block)
    among[np.diag_indices_from(among)] += RIDGE
    factor = cho_factor(among, lower=True, overwrite_a=True, check_finite=False)
    weights = classifier.weights.copy()
    weights[block] += cho_solve(factor, left_over, check_finite=False)
    classifier.weights = weights
