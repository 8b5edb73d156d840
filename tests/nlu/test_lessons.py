"""Examples that are learnt later: a new label is answered, the others stay as they were."""

from __future__ import annotations

import pickle
from collections.abc import Iterable

import numpy as np
import pytest

from nlu.components.examples import Example
from nlu.components.kernel_classifier import Floats, KernelClassifier
from nlu.components.lessons import extended

JAB = ("does the jab hurt", "is the jab painful", "will my arm hurt after the jab", "jab pain")
COST = ("what does the jab cost", "do i pay for the jab", "price of the jab", "is it free or must i pay")
BIKE = ("who mends my bike", "my bike is broken", "flat tyre on my bike", "where is a bike shop")


def examples(label: str, texts: Iterable[str], danger: str = "none") -> list[Example]:
    return [Example(text, text.capitalize(), "en", {"topic": label, "danger": danger}) for text in texts]


def vectors(texts: Iterable[str]) -> Floats:
    """A stand-in for an encoder: which of a few words are there."""
    words = ("jab", "bike", "pay", "cost", "price", "hurt", "pain", "tyre", "mends")
    return np.array([[text.count(word) + 0.1 for word in words] for text in texts], dtype=np.float32)


@pytest.fixture
def base() -> KernelClassifier:
    known = examples("jab", JAB) + examples("cost", COST) + examples("", ["i want to hurt him"], "violence")
    return KernelClassifier(known, vectors(e.text for e in known), ["topic", "danger"])


def taught(base: KernelClassifier, *lessons: Example) -> KernelClassifier:
    return extended(base, lessons, vectors(example.text for example in lessons))


def best(classifier: KernelClassifier, text: str, question: str = "topic") -> str:
    scores = classifier.scores([text], vectors([text]))[question][0]
    return classifier.labels[question][int(scores.argmax())]


def test_a_new_topic_is_answered_in_other_words_and_the_others_as_before(base: KernelClassifier) -> None:
    more = taught(base, *examples("bike", BIKE))
    assert best(more, "can somebody mend the tyre of a bike") == "bike"
    assert [best(more, text) for text in (*JAB, *COST)] == ["jab"] * 4 + ["cost"] * 4
    assert best(more, "i want to hurt him", "danger") == "violence"


def test_the_base_is_not_changed(base: KernelClassifier) -> None:
    before = pickle.dumps(base)
    taught(base, *examples("bike", BIKE), *examples("cost", JAB[:1]))
    assert pickle.dumps(base) == before


def test_an_example_that_is_taught_anew_has_its_new_label_and_no_second_row(base: KernelClassifier) -> None:
    more = taught(base, *examples("bike", BIKE), *examples("cost", JAB[:1]))
    assert len(more.examples) == len(base.examples) + len(BIKE)
    (found, likeness), *_ = more.nearest(JAB[0], vectors(JAB[:1])[0], 3)
    assert (found.labels["topic"], found.written) == ("cost", JAB[0].capitalize())
    assert likeness == pytest.approx(1.0, abs=0.01)


def test_a_danger_stays_a_danger_whatever_topic_its_words_are_taught_for(base: KernelClassifier) -> None:
    lesson = Example("i want to hurt him", "I want to hurt him", "en", {"topic": "jab", "danger": ""})
    assert best(taught(base, lesson), "i want to hurt him", "danger") == "violence"


def test_with_all_neighbours_it_is_what_a_whole_training_gives(base: KernelClassifier) -> None:
    more = taught(base, *examples("cost", ["how many euro is a jab"]))
    texts = [*JAB, *COST, "how many euro is a jab"]
    known = [*base.examples, *examples("cost", ["how many euro is a jab"])]
    whole = KernelClassifier(known, vectors(e.text for e in known), ["topic", "danger"])
    ours, theirs = (c.scores(texts, vectors(texts))["topic"].argmax(axis=1) for c in (more, whole))
    assert list(ours) == list(theirs)


def test_many_texts_at_once_score_as_one_by_one(base: KernelClassifier) -> None:
    texts = [*JAB, *COST]
    together = base.scores(texts, vectors(texts))["topic"]
    alone = np.vstack([base.scores([text], vectors([text]))["topic"] for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_without_an_encoder_words_alone_teach(base: KernelClassifier) -> None:
    known = [example for example in base.examples if example.labels["topic"]]
    words_only = KernelClassifier(known, None, ["topic"])
    lessons = [Example(text, text, "en", {"topic": "bike"}) for text in BIKE]
    more = extended(words_only, lessons, None)
    assert more.labels["topic"][int(more.scores(["my bike is broken"], None)["topic"].argmax())] == "bike"
