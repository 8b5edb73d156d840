"""Which topic or meta key is a message about, and does it tell of danger? Learnt from the examples together."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any, ClassVar, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import EXPLAIN, FLAG_INTENT, LANGUAGE, NEAREST, NO_FLAG_INTENT, NORMALISED, RED_FLAG
from nlu.components.examples import Example
from nlu.components.kernel_classifier import Floats, KernelClassifier, probabilities
from nlu.components.lessons import extended
from nlu.components.sentence_encoder import vector_of
from nlu.components.trained_part import Trained

RANKING: Final = 10
SHOWN: Final = 8  # examples, where it was asked to explain
TOPIC: Final = "topic"
DANGER: Final = "danger"
PART: Final = "classifier.pickle"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(Trained, IntentClassifier):  # type: ignore[misc]
    """Sets the intent, its ranking, and RED_FLAG: the second opinion on danger, for words no pattern foresaw."""

    PART: ClassVar[str] = PART

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How sure a lead in score makes (see `kernel_classifier.probabilities`), for topics and for danger.

        `base`: a model whose classifier learns the examples in addition to what it knows (see `lessons`).
        """
        return {"sharpness": 10.0, "danger_sharpness": 5.0, "base": ""}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples, beside those of a base model if there is one; fewer than two labels teach nothing.

        Examples of danger, and of what only looks like it, are no topic; all others are no danger.
        """
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        kept = self._base()
        if not kept:
            self._model = _learnt([_example(message) for message in messages], _vectors(messages))
        else:
            base = classifier_of(kept)
            if base is not None and messages:
                base = extended(base, _lessons(base, messages), _vectors(messages))
            self._model = base
        return self._keep()

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent`, `intent_ranking` and RED_FLAG on every message; no words, no intent."""
        for message, scores in zip(messages, self._scores(messages), strict=True):
            ranking = self._ranking(scores)
            message.set("intent", ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set(RED_FLAG, self._red_flag(scores), add_to_output=True)
            if (message.get("metadata") or {}).get(EXPLAIN):
                message.set(NEAREST, self._nearest(message), add_to_output=True)
        return messages

    def _scores(self, messages: list[Message]) -> list[dict[str, Floats]]:
        """Per message and question the scores; {} for a message without words."""
        found: list[dict[str, Floats]] = [{} for _ in messages]
        rows = [row for row, message in enumerate(messages) if message.get(NORMALISED)]
        if self._model is None or not rows:
            return found
        asked = [messages[row] for row in rows]
        scores = self._model.scores([message.get(NORMALISED) for message in asked], _vectors(asked))
        for number, row in enumerate(rows):
            found[row] = {name: of_all[number] for name, of_all in scores.items()}
        return found

    def _nearest(self, message: Message) -> list[dict[str, Any]]:
        if self._model is None or not message.get(NORMALISED):
            return []
        found = self._model.nearest(message.get(NORMALISED), vector_of(message), SHOWN)
        return [
            {
                "text": example.written,
                "intent": example.labels[TOPIC] or example.labels.get(DANGER, ""),
                "language": example.language,
                "likeness": round(likeness, 4),
            }
            for example, likeness in found
        ]

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


def classifier_of(part: bytes) -> KernelClassifier | None:
    """The classifier that a model keeps under PART; None where it learnt nothing."""
    kept = pickle.loads(part)  # noqa: S301 - of our own model, as all its parts
    return kept if isinstance(kept, KernelClassifier) else None


def _topic(intent: str) -> str:
    return "" if intent.startswith(FLAG_INTENT) else intent


def _danger(intent: str) -> str:
    return intent if intent.startswith(FLAG_INTENT) else NO_FLAG_INTENT


def _example(message: Message) -> Example:
    intent = str(message.get(INTENT))
    labels = {TOPIC: _topic(intent), DANGER: _danger(intent)}
    return Example(message.get(NORMALISED), str(message.get(TEXT)), str(message.get(LANGUAGE) or ""), labels)


def _lessons(base: KernelClassifier, messages: list[Message]) -> list[Example]:
    """The examples; one that stands for a danger already keeps that, whatever topic it is taught for."""
    known = {example.text for example in base.examples}
    lessons = []
    for example in map(_example, messages):
        labels = {name: label for name, label in example.labels.items() if name in base.labels}
        if example.text in known and DANGER in labels:
            labels[DANGER] = ""
        lessons.append(replace(example, labels=labels))
    return lessons


def _learnt(examples: list[Example], vectors: Floats | None) -> KernelClassifier | None:
    if len({example.labels[TOPIC] for example in examples} - {""}) < 2:  # noqa: PLR2004 - a choice needs two
        return None
    dangers = any(example.labels[DANGER] != NO_FLAG_INTENT for example in examples)
    return KernelClassifier(examples, vectors, [TOPIC, DANGER] if dangers else [TOPIC])


def _vectors(examples: list[Message]) -> Floats | None:
    """The encoded examples; None when there is no encoder."""
    vectors = [vector_of(example) for example in examples]
    known = [vector for vector in vectors if vector is not None]
    return np.stack(known) if len(known) == len(vectors) else None
