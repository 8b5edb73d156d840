"""Which topic or meta key is a message about, and does it tell of danger? Learnt from the examples together."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import FLAG_INTENT, NO_FLAG_INTENT, NORMALISED, RED_FLAG
from nlu.components.kernel_classifier import Floats, KernelClassifier, probabilities
from nlu.components.sentence_encoder import vector_of

RANKING: Final = 10
TOPIC: Final = "topic"
DANGER: Final = "danger"
_FILE: Final = "topics.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets the intent, its ranking, and RED_FLAG: the second opinion on danger, for words no pattern foresaw."""

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
        """How sure a lead in score makes (see `kernel_classifier.probabilities`), for topics and for danger."""
        return {"sharpness": 10.0, "danger_sharpness": 5.0}

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
            path = Path(folder) / _FILE
            model = joblib.load(path) if path.exists() else None
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples; fewer than two labels teach nothing.

        Examples of danger, and of what only looks like it, are no topic; all others are no danger.
        """
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        questions = {TOPIC: [_topic(message.get(INTENT)) for message in examples]}
        if any(message.get(INTENT).startswith(FLAG_INTENT) for message in examples):
            questions[DANGER] = [_danger(message.get(INTENT)) for message in examples]
        if len(set(questions[TOPIC]) - {""}) > 1:
            texts = [message.get(NORMALISED) for message in examples]
            self._model = KernelClassifier(texts, _vectors(examples), questions)
        with self._storage.write_to(self._resource) as folder:  # also what learnt nothing must be there to be loaded
            joblib.dump(self._model, Path(folder) / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent`, `intent_ranking` and RED_FLAG on every message; no words, no intent."""
        for message in messages:
            scores = self._scores(message)
            ranking = self._ranking(scores)
            message.set("intent", ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set(RED_FLAG, self._red_flag(scores), add_to_output=True)
        return messages

    def _scores(self, message: Message) -> dict[str, Floats]:
        if self._model is None or not message.get(NORMALISED):
            return {}
        return self._model.scores(message.get(NORMALISED), vector_of(message))

    def _ranking(self, scores: dict[str, Floats]) -> list[dict[str, Any]]:
        """The RANKING likeliest labels with their confidences, likeliest first."""
        if self._model is None or TOPIC not in scores:
            return []
        confidence = probabilities(scores[TOPIC], float(self._config["sharpness"]))
        labels = self._model.labels[TOPIC]
        best = confidence.argsort()[::-1][:RANKING]
        return [{"name": labels[i], "confidence": round(float(confidence[i]), 4)} for i in best]

    def _red_flag(self, scores: dict[str, Floats]) -> dict[str, Any]:
        """The likeliest flag, and how sure it is that there is any danger."""
        if self._model is None or DANGER not in scores:
            return {"name": "", "confidence": 0.0}
        confidence = probabilities(scores[DANGER], float(self._config["danger_sharpness"]))
        sure = dict(zip(self._model.labels[DANGER], map(float, confidence), strict=True))
        calm = sure.pop(NO_FLAG_INTENT, 0.0)
        return {"name": max(sure, key=sure.__getitem__).removeprefix(FLAG_INTENT), "confidence": round(1 - calm, 4)}


def _topic(intent: str) -> str:
    return "" if intent.startswith(FLAG_INTENT) else intent


def _danger(intent: str) -> str:
    return intent if intent.startswith(FLAG_INTENT) else NO_FLAG_INTENT


def _vectors(examples: list[Message]) -> Floats | None:
    """The encoded examples; None when there is no encoder."""
    vectors = [vector_of(example) for example in examples]
    known = [vector for vector in vectors if vector is not None]
    return np.stack(known) if len(known) == len(vectors) else None
