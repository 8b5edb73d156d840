"""In which language is a message written?"""

from __future__ import annotations

import pickle
from typing import Any, ClassVar

import eldc
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.normalise import clean
from nlu.components import FOREIGN, LANGUAGE, LANGUAGES
from nlu.components.language_model import LanguageModel
from nlu.components.trained_part import Trained

_ELDC_CODES = {"am": "ti"}  # Ethiopic script in the Netherlands is Tigrinya far more often than Amharic
MIN_WORDS_FOREIGN = 3
MIN_SCORE_FOREIGN = 0.85
MAX_SCORE_OURS = 0.62
OWN_SCRIPT = frozenset({"zh", "ja", "ko", "ti", "am", "el", "he", "hy", "ka", "th", "hi", "ru", "uk", "bg", "ta"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(Trained):
    """Probabilities for our languages, and whether it is another language altogether.

    The first from character n-grams of our own examples, which know Frisian; the second from `eldc`,
    which knows sixty languages.
    """

    PART: ClassVar[str] = "languages.pickle"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        eldc.init()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`base`: a model whose knowledge of languages is taken over as it is."""
        return {"base": ""}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples whose language is known; fewer than two languages teach nothing."""
        base = self._base()
        self._model = pickle.loads(base) if base else _learnt(training_data)  # noqa: S301 - of our own model
        return self._keep()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples need no language found: they have one."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets LANGUAGES and FOREIGN on every message."""
        texts = [clean(str(message.get(TEXT) or "")).casefold() for message in messages]
        for message, text, likelihood in zip(messages, texts, self._likelihoods(texts), strict=True):
            message.set(LANGUAGES, likelihood, add_to_output=True)
            message.set(FOREIGN, self._foreign(text, likelihood), add_to_output=True)
        return messages

    def _likelihoods(self, texts: list[str]) -> list[dict[str, float]]:
        """Per text the probability of every language; {} for one without letters."""
        found: list[dict[str, float]] = [{} for _ in texts]
        rows = [row for row, text in enumerate(texts) if any(character.isalpha() for character in text)]
        if self._model is None or not rows:
            return found
        for row, likely in zip(rows, self._model.probabilities([texts[row] for row in rows]), strict=True):
            found[row] = {code: round(float(p), 4) for code, p in zip(self._model.codes, likely, strict=True)}
        return found

    def _foreign(self, text: str, likelihood: dict[str, float]) -> str:
        details = eldc.detect_details(text)
        code = _ELDC_CODES.get(details.language, details.language)
        if not code or code in likelihood or not likelihood:
            return ""
        scores = details.scores
        ours = max((scores.get(known, 0.0) for known in likelihood), default=0.0)
        enough = len(text.split()) >= MIN_WORDS_FOREIGN and scores.get(details.language, 0.0) >= MIN_SCORE_FOREIGN
        return str(code) if code in OWN_SCRIPT or (enough and ours <= MAX_SCORE_OURS) else ""


def _learnt(training_data: TrainingData) -> LanguageModel | None:
    pairs = [
        (clean(str(m.get(TEXT))).casefold(), str(m.get(LANGUAGE)))
        for m in training_data.training_examples
        if m.get(TEXT) and m.get(LANGUAGE)
    ]
    texts, languages = [text for text, _ in pairs], [language for _, language in pairs]
    if len(set(languages)) < 2:  # noqa: PLR2004 - a choice needs two
        return None
    return LanguageModel(texts, languages)
