"""Where Rasa's own commands find this project: `nlu/` by language, `nlu/rules/`, and the Dutch texts.

`config.yml` names this class, so that a bare `rasa train`, `rasa data validate` and `rasa test` work.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.data import get_data_files
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.language import LANGUAGES
from nlu.components import LANGUAGE
from nlu.lessons import Lessons

ROOT = Path(__file__).parent
TEXTS = ROOT.parent / "responses" / "nl"
NO_TEXT_YET = "utter_no_answer_yet"


class ProjectImporter(RasaFileImporter):  # type: ignore[misc]
    """Reads the project's folders; every example carries the language of its folder under LANGUAGE.

    `training_data_paths` is used for test stories only: what to learn from is always `nlu/`, and in addition the file
    `lessons` (see `nlu.lessons`). With the model `base`, which knows `nlu/`, it is the lessons alone.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        lessons: str = "",
        base: str = "",
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._lessons = Lessons.read(Path(lessons)) if lessons else Lessons()
        self._files = not base
        self._examples: TrainingData | None = None
        self._domain: Domain | None = None
        self._stories: StoryGraph | None = None
        self._rules = get_data_files([str(ROOT / "rules")], lambda path: path.endswith(".yml"))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules of `nlu/rules/`, and one per topic that was taught."""
        if self._stories is None:  # Rasa asks six times, and reads slowly
            rules = utils.story_graph_from_paths(self._rules, self.get_domain(), exclusion_percentage)
            ruled = {step.block_name for step in rules.story_steps}
            self._stories = rules.merge(self._lessons.rules(self.get_domain(), ruled))
        return self._stories

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:  # noqa: ARG002 - Rasa's signature
        """The examples of every `nlu/<language>/`, unless a base model knows them, and those of the lessons."""
        if self._examples is None:
            files = _all_examples() if self._files else TrainingData()
            self._examples = files.merge(self._lessons.examples(self.get_domain()))
        return self._examples

    def get_domain(self) -> Domain:
        """`domain.yml` with the Dutch texts; a topic without one says so with the text of NO_TEXT_YET."""
        if self._domain is None:
            self._domain = _with_texts(self._lessons.with_topics(super().get_domain()))
        return self._domain


def _all_examples() -> TrainingData:
    examples: list[Message] = []
    for folder in sorted(path for path in ROOT.iterdir() if path.is_dir() and path.name in LANGUAGES):
        files = [str(path) for path in sorted(folder.glob("*.yml"))]
        if not files:
            continue
        data = utils.training_data_from_paths(files, folder.name)
        for example in data.training_examples:
            example.set(LANGUAGE, folder.name)
        examples += data.training_examples
    return TrainingData(examples)


def _with_texts(domain: Domain) -> Domain:
    texts = _dutch_texts()
    missing = sorted(action for action in domain.user_actions if action.startswith("utter_") and action not in texts)
    stand_ins = {action: texts[NO_TEXT_YET] for action in missing if NO_TEXT_YET in texts}
    return domain.merge(Domain.from_dict({"responses": {**texts, **stand_ins}}))


def _dutch_texts() -> dict[str, list[dict[str, str]]]:
    """The words alone: Rasa needs nothing of their metadata."""
    texts: dict[str, list[dict[str, str]]] = {}
    for path in sorted(TEXTS.glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        texts |= {key: [{"text": item["text"]} for item in variants] for key, variants in responses.items()}
    return texts
