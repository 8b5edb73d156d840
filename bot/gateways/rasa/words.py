"""Rasa chooses keys; it never makes words."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker


class KeysOnly(NaturalLanguageGenerator):  # type: ignore[misc]
    """Answers every request for words with the key itself and the arguments that came with it."""

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,  # noqa: ARG002 - Rasa's signature
        output_channel: str,  # noqa: ARG002
        **kwargs: Any,
    ) -> dict[str, Any]:
        """The key, and the topics that an action passed along."""
        return {"custom": {"key": utter_action, "topics": kwargs.get("topics", [])}}
