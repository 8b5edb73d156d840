"""A second opinion on red flags, learnt from examples, for words that no pattern foresaw."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import FLAG_INTENT, NO_FLAG_INTENT, NORMALISED, RED_FLAG
from nlu.components.kernel_classifier import Example
from nlu.components.sentence_encoder import vector_of
from nlu.components.topic_classifier import TopicClassifier

EVERY = 3  # of the ordinary examples, every third is enough to know what is no danger


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class RedFlagClassifier(TopicClassifier):
    """Sets RED_FLAG: the likeliest flag and how much it leads over "no danger", 0 to 1."""

    file = "red_flags.joblib"

    def examples(self, training_data: TrainingData) -> list[Example]:
        """All examples of flags and of what only looks like one, and a share of the ordinary ones."""
        found = []
        for number, message in enumerate(training_data.intent_examples):
            intent = message.get(INTENT)
            if message.get(TEXT) and (intent.startswith(FLAG_INTENT) or number % EVERY == 0):
                label = intent if intent.startswith(FLAG_INTENT) else NO_FLAG_INTENT
                found.append(Example(message.get(NORMALISED), label, vector_of(message)))
        return found

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples need no second opinion."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets RED_FLAG on every message: {"name": flag or "", "confidence": of any danger}."""
        for message in messages:
            ranking = self.ranking(message)
            flags = [item for item in ranking if item["name"] != NO_FLAG_INTENT]
            verdict: dict[str, Any] = {"name": "", "confidence": 0.0}
            if flags and len(flags) < len(ranking):
                danger = round(sum(item["confidence"] for item in flags), 4)
                verdict = {"name": flags[0]["name"].removeprefix(FLAG_INTENT), "confidence": danger}
            message.set(RED_FLAG, verdict, add_to_output=True)
        return messages
