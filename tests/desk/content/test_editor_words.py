"""Every sentence that the editor of an answer may say has its Dutch words."""

from __future__ import annotations

import pytest

from bot.desk.content.answers.answer_room import GONE
from bot.desk.content.answers.answer_words import DID, EFFECT_WORDS
from bot.desk.content.answers.rules_told import TOLD
from bot.desk.content.refusal import RULES
from bot.desk.words import words

RULES_SAY = [words for rule in TOLD.values() for words in (rule.name, rule.says, rule.advice, rule.other) if words]
SENTENCES = [*DID.values(), *EFFECT_WORDS.values(), GONE, RULES, *RULES_SAY]


@pytest.mark.parametrize("sentence", dict.fromkeys(SENTENCES))
def test_a_sentence_has_a_translation(sentence: str) -> None:
    assert words("nl")(sentence) != sentence
