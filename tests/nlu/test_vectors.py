"""Encoded examples are kept, and are what the encoder would say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.components.sentence_encoder import encoded_words, installed_encoder
from nlu.components.vectors import SHIPPED, Shelf, Vectors
from nlu.importer import ProjectImporter

ENOUGH = 0.95  # of the examples; a few new ones may be encoded at every training until `make vectors`


class Counting:
    """An encoder that counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), text.count("a"), 1.0] for text in texts], dtype=np.float32)


def test_a_sentence_is_encoded_once_and_kept_over_a_restart(tmp_path: Path) -> None:
    encode, file = Counting(), tmp_path / "vectors.npz"
    shelf = Shelf("counting 1", file)
    first, new = shelf.vectors(["een prik", "kaas", "een prik"], encode)
    assert new == 2
    shelf.write(file, ["een prik", "kaas"])
    again, new = Shelf("counting 1", file).vectors(["kaas", "een prik"], encode)
    assert new == 0
    assert sorted(encode.asked) == ["een prik", "kaas"]
    assert again[0] == pytest.approx(first[1], abs=0.05)
    assert again[1] == pytest.approx(first[0], abs=0.05)


def test_another_encoder_finds_nothing_of_the_first(tmp_path: Path) -> None:
    encode, file = Counting(), tmp_path / "vectors.npz"
    shelf = Shelf("counting 1", file)
    shelf.vectors(["kaas"], encode)
    shelf.write(file, ["kaas"])
    assert Shelf("counting 2", file).vectors(["kaas"], encode)[1] == 1


def test_a_file_cut_short_costs_only_time(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(SHIPPED.read_bytes()[:1000])
    assert Shelf("counting 1", file).vectors(["kaas"], Counting())[1] == 1


def test_the_vectors_that_come_with_the_project_are_those_of_its_examples() -> None:
    encode = installed_encoder()
    if encode is None:
        pytest.skip("this platform has no encoder")
    texts = [encoded_words(example) for example in ProjectImporter().get_nlu_data().intent_examples]
    asked: list[str] = []

    def missing(batch: list[str]) -> Vectors:
        asked.extend(batch)
        return np.zeros((len(batch), 384), dtype=np.float32)

    kept, _ = Shelf(encode.name, SHIPPED).vectors(texts, missing)
    assert len(asked) <= (1 - ENOUGH) * len(texts), "run `make vectors`"
    for number in range(0, len(texts), len(texts) // 5):
        if texts[number] not in asked:
            fresh = encode([texts[number]])[0]
            alike = float(fresh @ kept[number] / (np.linalg.norm(fresh) * np.linalg.norm(kept[number])))
            assert alike > 0.99
