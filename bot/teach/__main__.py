"""Teaching, as a program: trains a model of the project's files and the lessons, and compares it with the live one.

    python -m bot.teach ROOT MODEL LESSONS COMPARISON --base MODEL [--live MODEL] [--evaluation FOLDER]

Says how far it is on its standard output, a line of JSON at a time. `gateways.rasa.teacher` starts it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.core.errors import BuurtvraagError, TrainingFailed
from bot.core.overlay import overlaid
from bot.core.served import Served
from bot.gateways.content_files import load_content
from bot.gateways.rasa.lessons_file import read_lessons, write_comparison
from bot.gateways.rasa.training import TAUGHT_VECTORS, train_lessons
from bot.services.content_ports import Lessons
from bot.services.evaluate import Question
from bot.services.teaching.compare import Tested, compare
from bot.teach.alike import taught_examples, with_topics
from bot.teach.examination import load_examination
from bot.teach.examinee import Examinee, asked_of_left_out
from nlu.components.topic_classifier import PART
from nlu.components.trained_part import trained_part

Say = Callable[[float, str], None]


def main() -> int:
    """Runs it; what goes wrong is the last line of the report."""
    reader = argparse.ArgumentParser(description=__doc__)
    for name in ("root", "model", "lessons", "comparison"):
        reader.add_argument(name, type=Path)
    for name in ("--base", "--live", "--evaluation"):
        reader.add_argument(name, type=Path)
    given = reader.parse_args()
    say = _sayer()
    sys.path.insert(0, str(given.root))  # config.yml names components in nlu/
    try:
        _teach(given, say)
    except BuurtvraagError as error:
        given.model.unlink(missing_ok=True)
        print(f"Told: {error}", file=sys.stderr)  # noqa: T201 - a program's report
        return 1
    return 0


def _teach(given: argparse.Namespace, say: Say) -> None:
    lessons, model = read_lessons(given.lessons), given.model
    try:
        trained_part(given.base, PART)
    except (OSError, tarfile.TarError, LookupError) as error:
        raise TrainingFailed(
            f"The model {given.base.name} cannot be built on. Run `buurtvraag train` again."
        ) from error
    say(0.1, "Learning the examples")
    if train_lessons(given.root, model, given.lessons, given.base) != 0 or not model.is_file():
        raise TrainingFailed("The examples could not be learnt.")
    say(0.5, "Looking for examples that are alike")
    taught = taught_examples(lessons, given.base, model, model.with_name(TAUGHT_VECTORS))
    say(0.6, "Asking the test questions")
    before, after = _tested(given, lessons, say)
    write_comparison(given.comparison, compare(before, after, taught))
    say(1.0, "Ready")


def _tested(given: argparse.Namespace, lessons: Lessons, say: Say) -> tuple[Tested, Tested]:
    """The live model and the new one over the same questions, with the texts and phrases that are served now."""
    files = load_content(given.root / "responses")
    content = with_topics(overlaid(files, lessons.published.items()), lessons)
    examination = load_examination(given.evaluation or given.root / "tests" / "evaluation")
    examination = examination.without(files.topics.keys() - content.topics.keys())
    served = Served(content)
    new, live = Examinee(given.model, served), Examinee(given.live or given.base, served)
    amiss = [outcome for outcome in new.answers(_questions(lessons)) if not outcome.right]
    after = replace(new.tested(examination), taught=amiss)
    say(0.8, "Asking the model that answers now")
    asked = [outcome.question for outcome in amiss]
    knew = live.answers(asked) if lessons.left_out is None else asked_of_left_out(lessons.left_out, served, asked)
    return replace(live.tested(examination), taught=knew), after


def _questions(lessons: Lessons) -> list[Question]:
    return [
        Question(text, language, key)
        for language, by_key in lessons.examples.items()
        for key, texts in by_key.items()
        for text in texts
    ]


def _sayer() -> Say:
    """Says steps on what was the standard output; what libraries print there goes to the report."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def say(progress: float, step: str) -> None:
        told.write(json.dumps({"progress": progress, "step": step}) + "\n")

    return say


if __name__ == "__main__":
    sys.exit(main())
