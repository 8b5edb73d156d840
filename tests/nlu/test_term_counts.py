"""Terms are counted as scikit-learn counts them, and what is kept of the examples gives them back."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import normalize

from nlu.components.examples import Example, Examples
from nlu.components.language_model import LanguageModel
from nlu.components.term_counts import TermCounts

LEARNT = ("wat kost een prik", "wat kost de huisarts", "de prik doet pijn", "هل التطعيم اجباري", "aşı zorunlu mu")
ASKED = (*LEARNT, "wat wat wat", "kost", "iets heel anders", "xyz", "", "prik التطعيم")


def fitted() -> list[TfidfVectorizer]:
    return [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", dtype=np.float32).fit(LEARNT),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32).fit(
            LEARNT
        ),
    ]


def test_several_kinds_of_terms_are_what_scikit_learn_makes_of_them_to_the_last_bit() -> None:
    words, letters = fitted()
    theirs = normalize(hstack([words.transform(ASKED), letters.transform(ASKED)]).tocsr())
    ours = TermCounts([words, letters])(ASKED)
    assert ours.dtype == np.float32
    assert np.array_equal(ours.toarray(), theirs.toarray())


def test_one_kind_of_terms_is_too_and_a_text_alone_is_as_among_others() -> None:
    words, _ = fitted()
    count = pickle.loads(pickle.dumps(TermCounts([words])))  # noqa: S301 - our own
    assert np.array_equal(count(ASKED).toarray(), words.transform(ASKED).toarray())
    assert np.array_equal(np.vstack([count([text]).toarray() for text in ASKED]), count(ASKED).toarray())
    assert count([]).shape == (0, len(words.vocabulary_))


@pytest.mark.parametrize("known", [("nl", "en"), ("nl", "en", "tr")])
def test_languages_are_as_likely_as_scikit_learn_finds_them(known: tuple[str, ...]) -> None:
    words = {"nl": "de prik doet pijn", "en": "the jab hurts me", "tr": "bu aşı acıtır mı"}
    texts = [f"{words[code]} {number}" for code in known for number in range(6)]
    languages = [code for code in known for _ in range(6)]
    model = LanguageModel(texts, languages)
    theirs = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=3, max_features=40_000),
        LogisticRegression(
            C=20.0,
            class_weight="balanced",
            solver="saga",
            random_state=0,
            max_iter=40,
            tol=1e-3,
            multi_class="multinomial",
        ),
    ).fit(texts, languages)
    assert model.codes == sorted(known)
    assert model.probabilities(["the prik", "aşı", ""]) == pytest.approx(theirs.predict_proba(["the prik", "aşı", ""]))


def test_examples_are_given_back_as_they_were_also_with_half_a_letter_and_new_lines() -> None:
    given = [
        Example("aşı zorunlu mu", "Aşı zorunlu mu?", "tr", {"topic": "ask_x", "danger": ""}),
        Example("a", "a\n\ud83d", "", {}),
        Example("هل", "هل؟", "ar", {"topic": "y"}),
    ]
    kept = pickle.loads(pickle.dumps(Examples(given)))  # noqa: S301 - our own
    assert list(kept) == given
    assert (len(kept), kept[1]) == (3, given[1])
    with pytest.raises(IndexError):
        kept[3]
    assert list(Examples([])) == []
