"""Where Rasa's own commands find this project: `nlu/` by language, `nlu/rules/`, and the Dutch texts.

`config.yml` names this class, so that a bare `rasa train`, `rasa data validate` and `rasa test` work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.data import get_data_files
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import LANGUAGE

ROOT = Path(__file__).parent
TEXTS = ROOT.parent / "responses" / "nl"
NO_TEXT_YET = "utter_no_answer_yet"


class ProjectImporter(RasaFileImporter):  # type: ignore[misc]
    """Reads the project's folders; every example carries the language of its folder under LANGUAGE.

    `training_data_paths` is used for test stories only: what to learn from is always `nlu/`.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **_: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._rules = get_data_files([str(ROOT / "rules")], lambda path: path.endswith(".yml"))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules of `nlu/rules/`."""
        return utils.story_graph_from_paths(self._rules, self.get_domain(), exclusion_percentage)

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:  # noqa: ARG002 - Rasa's signature
        """The examples of every `nlu/<language>/`, each marked with its language."""
        everything = TrainingData()
        for folder in sorted(path for path in ROOT.iterdir() if any(path.glob("*.yml"))):
            if folder.name == "rules":
                continue
            files = [str(path) for path in sorted(folder.glob("*.yml"))]
            data = utils.training_data_from_paths(files, folder.name)
            for example in data.training_examples:
                example.set(LANGUAGE, folder.name)
            everything = everything.merge(data)
        return everything

    def get_domain(self) -> Domain:
        """`domain.yml` with the Dutch texts; a topic without one says so with the text of NO_TEXT_YET."""
        domain = super().get_domain()
        texts = _dutch_texts()
        missing = sorted(
            action for action in domain.user_actions if action.startswith("utter_") and action not in texts
        )
        stand_ins = {action: texts[NO_TEXT_YET] for action in missing if NO_TEXT_YET in texts}
        return domain.merge(Domain.from_dict({"responses": {**texts, **stand_ins}}))


def _dutch_texts() -> dict[str, list[dict[str, str]]]:
    """The words alone: Rasa needs nothing of their metadata."""
    texts: dict[str, list[dict[str, str]]] = {}
    for path in sorted(TEXTS.glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        texts |= {key: [{"text": item["text"]} for item in variants] for key, variants in responses.items()}
    return texts
