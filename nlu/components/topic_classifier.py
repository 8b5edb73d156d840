"""Which topic is a message about?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import FLAG_INTENT, NORMALISED
from nlu.components.kernel_classifier import Example, KernelClassifier, probabilities
from nlu.components.sentence_encoder import vector_of

_FILE = "topics.joblib"
RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets the intent and its ranking. Examples of red flags are not topics and are left out."""

    file = _FILE

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: KernelClassifier | None = None,
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`sharpness`: how sure a lead in score makes (see `kernel_classifier.probabilities`)."""
        return {"sharpness": 10.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """A classifier that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> TopicClassifier:
        """The trained classifier."""
        with model_storage.read_from(resource) as folder:
            path = Path(folder) / cls.file
            model = joblib.load(path) if path.exists() else None
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples; fewer than two labels teach nothing."""
        examples = self.examples(training_data)
        if len({example.label for example in examples}) > 1:
            self._model = KernelClassifier(examples)
            with self._storage.write_to(self._resource) as folder:
                joblib.dump(self._model, Path(folder) / self.file)
        return self._resource

    def examples(self, training_data: TrainingData) -> list[Example]:
        """What to learn from."""
        return [
            Example(message.get(NORMALISED), message.get(INTENT), vector_of(message))
            for message in training_data.intent_examples
            if message.get(TEXT) and not message.get(INTENT).startswith(FLAG_INTENT)
        ]

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking` on every message; no words, no intent."""
        for message in messages:
            ranking = self.ranking(message)
            message.set("intent", ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def ranking(self, message: Message) -> list[dict[str, Any]]:
        """The RANKING likeliest labels with their confidences, likeliest first."""
        if self._model is None or not message.get(NORMALISED):
            return []
        scores = self._model.scores(message.get(NORMALISED), vector_of(message))
        confidence = probabilities(scores, float(self._config["sharpness"]))
        best = confidence.argsort()[::-1][:RANKING]
        return [{"name": self._model.labels[i], "confidence": round(float(confidence[i]), 4)} for i in best]
