"""Examples from `examples.json` as Rasa training data; used by `bench nlu` alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class ExamplesImporter(RasaFileImporter):  # type: ignore[misc]
    """Reads the folder that the configuration file lies in."""

    def __init__(self, config_file: str | None = None, domain_path: str | None = None, *_: Any, **__: Any) -> None:
        super().__init__(config_file, domain_path, [])
        self._folder = Path(config_file or ".").parent

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:  # noqa: ARG002 - Rasa's signature
        """The examples as they stand: no entity marks are looked for in somebody else's text."""
        pairs = json.loads((self._folder / "examples.json").read_text(encoding="utf-8"))
        return TrainingData([Message.build(text=text, intent=intent) for text, intent in pairs])

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """One rule: Rasa wants one."""
        return utils.story_graph_from_paths([str(self._folder / "rules.yml")], self.get_domain(), exclusion_percentage)
