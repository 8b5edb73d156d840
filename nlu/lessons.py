"""What editors taught beside the files: new topics, and examples, from one JSON file.

    {"topics": ["bike_repair"], "examples": {"nl": {"bike_repair": ["wie maakt mijn fiets"], "greet": ["joe"]}}}

Topics and meta keys stand under their plain keys, without `ask_`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import LANGUAGE

TOPIC_PREFIX = "ask_"


@dataclass(frozen=True)
class Lessons:
    """New topics, and examples by language and key."""

    topics: tuple[str, ...] = ()
    texts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Lessons:
        """From the file. Raises OSError, ValueError or KeyError when it is no such file."""
        given = json.loads(file.read_text(encoding="utf-8"))
        return cls(tuple(given["topics"]), given["examples"])

    def with_topics(self, domain: Domain) -> Domain:
        """The domain with an intent and an action for every topic that it lacks."""
        new = self._new(domain)
        if not new:
            return domain
        more = {"intents": [TOPIC_PREFIX + key for key in new], "actions": [f"utter_{key}" for key in new]}
        return domain.merge(Domain.from_dict({"version": "3.1", **more}))

    def rules(self, domain: Domain, ruled: Collection[str] = ()) -> StoryGraph:
        """A rule for every topic: the question, its answer; none for topics that the files rule already."""
        rules = [
            {"rule": topic, "steps": [{"intent": TOPIC_PREFIX + topic}, {"action": f"utter_{topic}"}]}
            for topic in self.topics
            if topic not in ruled
        ]
        given = {"version": "3.1", "rules": rules}
        return StoryGraph(YAMLStoryReader(domain).read_from_parsed_yaml(given) if rules else [])

    def examples(self, domain: Domain) -> TrainingData:
        """The examples of all keys that the domain knows, each marked with its language."""
        intents = {intent.removeprefix(TOPIC_PREFIX): intent for intent in domain.intents}
        return TrainingData([
            example_of(text, intents[key], language)
            for language, by_key in sorted(self.texts.items())
            for key, texts in sorted(by_key.items())
            if key in intents
            for text in texts
        ])  # fmt: skip

    def _new(self, domain: Domain) -> list[str]:
        known = {*domain.intents}
        return [topic for topic in self.topics if TOPIC_PREFIX + topic not in known]


def example_of(text: str, intent: str, language: str) -> Message:
    """An example as Rasa wants it, marked with its language."""
    message = Message.build(text=text, intent=intent)
    message.set(LANGUAGE, language)
    return message
