"""Which known examples are like those that were taught."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.core.content import Content, Topic
from bot.core.normalise import normalise
from bot.services.content_ports import Lessons, Near
from bot.services.teaching.compare import TaughtExample
from nlu.components.kernel_classifier import Floats, KernelClassifier
from nlu.components.sentence_encoder import encoded_once, encoded_words, installed_encoder
from nlu.components.topic_classifier import DANGER, PART, TOPIC, classifier_of
from nlu.components.trained_part import trained_part
from nlu.lessons import example_of

NEIGHBOURS: Final = 20
_PREFIX: Final = "ask_"


def taught_examples(lessons: Lessons, base: Path, model: Path, shelf: Path) -> list[TaughtExample]:
    """The examples of the lessons with the nearest of the base model, and of what else was taught to the new one."""
    taught = [
        (text, key, language)
        for language, by_key in lessons.examples.items()
        for key, texts in by_key.items()
        for text in texts
    ]
    if not taught:
        return []
    vectors = _vectors([(text, language) for text, _, language in taught], shelf)
    classifiers = [found for file in (base, model) if (found := classifier_of(trained_part(file, PART))) is not None]
    return [
        TaughtExample(text, key, _near(text, None if vectors is None else vectors[row], classifiers))
        for row, (text, key, _) in enumerate(taught)
    ]


def with_topics(content: Content, lessons: Lessons) -> Content:
    """The texts with the topics that were taught, which have none yet."""
    new = {key: Topic(key, "") for key in lessons.topics if key not in content.topics}
    return replace(content, topics={**content.topics, **new})


def _near(text: str, vector: Floats | None, classifiers: list[KernelClassifier]) -> list[Near]:
    found = {
        Near(
            example.written,
            (example.labels[TOPIC] or example.labels.get(DANGER, "")).removeprefix(_PREFIX),
            example.language,
            round(likeness, 4),
        )
        for classifier in classifiers
        for example, likeness in classifier.nearest(normalise(text), vector, NEIGHBOURS)
    }
    return sorted(found, key=lambda near: -near.likeness)


def _vectors(texts: list[tuple[str, str]], shelf: Path) -> Floats | None:
    encode = installed_encoder()
    if encode is None:
        return None
    return encoded_once([encoded_words(example_of(text, "", code)) for text, code in texts], encode, (shelf,))
