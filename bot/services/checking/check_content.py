"""Every content rule held against every text: what blocks, what is advice, and how plain each answer is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.core.content import Answer, Content
from bot.core.finding import Finding
from bot.core.language import LANGUAGES
from bot.core.plain_language import Score, score
from bot.services.checking import check_answer, check_completeness, check_red_flags, check_wording
from bot.services.ports import WordKnowledge


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """The plain-language score of one answer with its sections."""

    where: str
    key: str
    language: str
    score: Score


def check(content: Content, words: WordKnowledge) -> list[Finding]:
    """All findings: first those on answers, in order of language and file, then those on the whole."""
    found: list[Finding] = []
    for answer in _in_order(content):
        found += on_answer(answer, content, words)
        found += check_answer.check_translation(answer, content)
    for rule in (
        check_completeness.check_keys,
        check_completeness.check_labels,
        check_completeness.check_lists,
        check_completeness.check_glossary,
        check_red_flags.check_red_flags,
    ):
        found += rule(content)
    return found


def scores(content: Content, words: WordKnowledge) -> list[AnswerScore]:
    """The plain-language score of every answer, in order of language and file."""
    return [
        AnswerScore(
            answer.where,
            answer.key,
            answer.language,
            score(
                "\n".join(check_wording.parts_of(answer, content).values()),
                answer.language,
                partial(words.syllables, language=answer.language),
            ),
        )
        for answer in _in_order(content)
    ]


def _in_order(content: Content) -> list[Answer]:
    order = list(LANGUAGES)
    return sorted(content.answers.values(), key=lambda answer: order.index(answer.language))


def on_answer(answer: Answer, content: Content, words: WordKnowledge) -> Iterator[Finding]:
    """The rules for everything that is said, but whether it is stale; a topic's answer has more of them."""
    parts = check_wording.parts_of(answer, content)
    yield from check_wording.check_sentences(answer, parts)
    yield from check_wording.check_exclamation(answer, parts)
    yield from check_wording.check_pressure(answer, parts, content)
    yield from check_completeness.check_placeholders(answer, content)
    if answer.key.removeprefix("utter_") not in content.topics:
        return
    yield from check_wording.check_hard_words(answer, parts, content, words)
    yield from check_wording.check_abbreviations(answer, parts, content)
    yield from check_answer.check_length(answer, parts)
    yield from check_answer.check_balance(answer, content, parts)
    yield from check_answer.check_picture(answer, content)
    yield from check_answer.check_sources(answer)
    yield from check_answer.check_review(answer)
    yield from check_answer.check_ways_on(answer, content)
