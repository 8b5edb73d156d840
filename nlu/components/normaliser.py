"""Text made comparable before it is counted and encoded."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.normalise import normalise
from nlu.components import NORMALISED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):  # type: ignore[misc]
    """Sets NORMALISED: lower case, no accents, no hidden marks (`bot.core.normalise`)."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        """A normaliser has no state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets NORMALISED on every message that has text."""
        for message in messages:
            message.set(NORMALISED, normalise(str(message.get(TEXT) or "")))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples."""
        self.process(training_data.training_examples)
        return training_data
