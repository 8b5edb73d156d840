"""A phrase that would make every resident wait cannot be written, and a word is tried in one way alone."""

from __future__ import annotations

import pytest

from bot.core.content import Content
from bot.core.triage import (
    DEEPEST,
    LONGEST_PHRASE,
    MOST_PHRASES,
    Flag,
    FlagPatterns,
    PatternError,
    Triage,
    compile_phrase,
    too_many,
)

DEEP = DEEPEST + 1


def watching(*phrases: str) -> Triage:
    return Triage([FlagPatterns(Flag.SUICIDE, "nl", phrases, (), ())])


@pytest.mark.parametrize(
    "phrase",
    [
        "woord " * (LONGEST_PHRASE // 6 + 1),
        "a .. a .. a .. a .. a .. b",
        ".. .. .. .. .. a",
        "(a|) " * 14 + "b",
        "(*a x|b* y|*c* z|a*) .. " * 4 + "b",
        "(" * DEEP + "a" + ")" * DEEP,
        "(" * 1400 + "a" + ")" * 1400,
    ],
)
def test_a_phrase_that_can_be_laid_over_words_in_too_many_ways_is_refused(phrase: str) -> None:
    with pytest.raises(PatternError):
        compile_phrase(phrase)


def test_no_list_has_more_phrases_than_can_be_looked_for() -> None:
    assert too_many([f"woord{number}" for number in range(MOST_PHRASES + 1)])
    assert too_many([f"(a|b c) .. x{number} .. (a|) .. *y .. z" for number in range(40)])
    assert not too_many([f"woord{number}" for number in range(MOST_PHRASES)])


def test_the_phrases_of_the_project_are_within_the_limits(content: Content) -> None:
    lists = [phrases for one in content.patterns for phrases in (one.patterns, one.check_in, one.exceptions)]
    assert not [phrases for phrases in lists if too_many(phrases)]


def test_words_with_open_ends_are_still_seen_wherever_they_stand() -> None:
    triage = watching("(*pil*|bleek*|wc eend|*middel) .. (geslikt|*gedronken|)", "*dood* x")
    for text in ("slaappillen geslikt", "bleekwater op", "wc eend uitgedronken", "een schoonmaakmiddel", "halfdoods x"):
        assert triage.assess(text) is not None, text
    assert triage.assess("middelen verbleken") is None


def test_a_long_word_is_tried_once_not_once_for_each_letter() -> None:
    assert watching("*a* .. *a* .. *a* .. *a* .. b").assess("ab" * 2000) is None
