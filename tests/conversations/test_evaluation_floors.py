"""Floors under the evaluation files: what was once understood stays understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.content import Content
from bot.core.language import LANGUAGES
from bot.core.triage import Triage
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.evaluate import evaluate, evaluate_flags
from bot.services.turns.respond import Respond
from bot.teach.question_file import read_flag_questions, read_questions
from tests.builders import responding

FILES = Path(__file__).parents[1] / "evaluation"
TOP1 = {"nl": 0.90, "fy": 0.85, "en": 0.85, "ar": 0.85, "tr": 0.85}


@pytest.fixture(scope="module")
def respond(content: Content, triage: Triage, dialogue: RasaDialogue) -> Respond:
    return responding(content, dialogue)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_questions_are_understood(respond: Respond, language: str) -> None:
    figures = await evaluate(respond, read_questions(FILES / f"{language}.csv"))
    assert figures.top1 >= TOP1[language]
    assert figures.wrong_confident <= 0.05
    assert figures.language_accuracy >= 0.95


async def test_danger_is_seen(respond: Respond) -> None:
    figures = await evaluate_flags(respond, read_flag_questions(FILES / "red_flags.csv"))
    assert figures.recall >= 0.95
    assert figures.false_alarm_rate <= 0.05


def test_the_evaluation_files_are_large_enough_and_not_taken_from_the_examples() -> None:
    examples = {
        line.strip()[2:].strip().casefold()
        for path in (FILES.parents[1] / "nlu").glob("*/*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("- ")
    }
    for language in LANGUAGES:
        texts = [one.text.strip().casefold() for one in read_questions(FILES / f"{language}.csv")]
        assert len(texts) >= (300 if language == "nl" else 120)
        copied = [text for text in texts if text in examples and len(text.split()) > 3]
        assert not copied
