"""Questions that ask the same stand together, in whatever language; without an encoder, only the same words."""

from __future__ import annotations

import numpy as np
import pytest

from bot.gateways.likeness import USUAL, SentenceLikeness
from nlu.components.sentence_encoder import installed_encoder


class FakeEncoder:
    """Two dimensions: how much a sentence is about fever, and about money. What all share lies in a third."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def __call__(self, texts: list[str]) -> np.ndarray:
        self.encoded += texts
        about = [("koorts" in text.lower(), "geld" in text.lower()) for text in texts]
        return np.array([(float(fever), float(money), 5.0) for fever, money in about], np.float32)


async def test_sentences_of_one_meaning_are_one_group_the_largest_first() -> None:
    likeness = SentenceLikeness(FakeEncoder)
    groups = await likeness.groups(
        ["geld nodig", "koorts gemeten", "hij heeft koorts", "Koorts!", "geen geld", "koorts"]
    )
    assert groups == [[1, 2, 3, 5], [0, 4]]


async def test_a_sentence_is_encoded_once_and_forgotten_when_it_is_gone() -> None:
    encoder = FakeEncoder()
    likeness = SentenceLikeness(lambda: encoder)
    await likeness.groups(["geld nodig", "koorts"])
    await likeness.groups(["geld nodig", "koorts"])
    await likeness.groups(["geld nodig", "koorts", "meer koorts"])
    assert encoder.encoded == [*USUAL, "geld nodig", "koorts", "meer koorts"]
    await likeness.groups(["koorts"])
    await likeness.groups(["koorts", "geld nodig"])
    assert encoder.encoded[-1] == "geld nodig"


async def test_a_very_long_list_is_looked_at_in_parts_and_every_text_is_in_one_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.gateways.likeness.AT_ONCE", 2)
    likeness = SentenceLikeness(FakeEncoder)
    texts = ["koorts 1", "koorts 2", "koorts 3", "koorts 4"]
    assert await likeness.groups(texts) == [[0, 1], [2], [3]]
    assert await likeness.groups(texts) == [[0, 1, 2, 3]]


async def test_without_an_encoder_the_same_words_are_alike() -> None:
    likeness = SentenceLikeness(lambda: None)
    assert await likeness.groups(["Heeft hij koorts?", "geld", "heeft hij KOORTS", "…"]) == [[0, 2], [1], [3]]
    assert await likeness.groups([]) == []


@pytest.mark.skipif(installed_encoder() is None, reason="no encoder on this platform")
async def test_the_real_encoder_finds_the_same_question_in_other_words_and_languages() -> None:
    texts = [
        "wat is vitiligo",
        "waar kan ik mijn fiets laten maken",
        "vitiligo wat is dat voor ziekte",
        "fiets kapot waar laten maken",
        "what is vitiligo",
        "hoe laat begint de moskee",
    ]
    groups = [set(group) for group in await SentenceLikeness(installed_encoder).groups(texts)]
    assert groups == [{0, 2, 4}, {1, 3}, {5}]
