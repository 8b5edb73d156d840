"""Which of our languages a text is written in, learnt from character n-grams of our own examples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlu.components.term_counts import TermCounts


class LanguageModel:
    """Multinomial logistic regression over n-grams of one to four characters. Picklable.

    Raises ValueError for examples of fewer than two languages.
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        counted = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=3, max_features=40_000
        )
        learnt = LogisticRegression(
            C=20.0,
            class_weight="balanced",
            solver="saga",
            random_state=0,
            max_iter=40,
            tol=1e-3,
            n_jobs=2,
            multi_class="multinomial",
        ).fit(counted.fit_transform(texts), languages)
        self.codes = [str(code) for code in learnt.classes_]
        self._count = TermCounts([counted])
        self._lean = _both(learnt.intercept_)
        self._weights = np.ascontiguousarray(_both(learnt.coef_).T)

    def probabilities(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Shape (texts, languages), in the order of `codes`; every row adds up to one."""
        scores = self._count(texts) @ self._weights + self._lean
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _both(learnt: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of two languages scikit-learn keeps the second: what speaks for it speaks as much against the first."""
    return learnt if len(learnt) > 1 else np.concatenate([-learnt, learnt])
