"""Common and hard words, with the real word lists."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.gateways.words import Words

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("huisarts", "nl"),
        ("coronatijd", "nl"),  # corona + tijd
        ("wegdrukken", "nl"),
        ("levensgevaar", "nl"),  # leven + s + gevaar
        ("doctor", "en"),
        ("side-effect", "en"),
        ("olabilirsiniz", "tr"),
        ("İstanbul", "tr"),
        ("وبالطبيب", "ar"),  # and + with + the + doctor
        ("لغتكم", "ar"),
    ],
)
def test_common_words_and_compounds_of_them_are_easy(word: str, language: str) -> None:
    assert Words().is_easy(word, language, NONE)


@pytest.mark.parametrize(
    ("word", "language"),
    [("narcolepsie", "nl"), ("comorbiditeit", "nl"), ("narcolepsy", "en"), ("immunogenicity", "en")],
)
def test_rare_words_are_hard(word: str, language: str) -> None:
    assert not Words().is_easy(word, language, NONE)


@pytest.mark.parametrize("word", ["narcolepsie", "Narcolepsie", "narcolepsies", "narcolepsietest", "narcolepsie-test"])
def test_a_word_of_the_glossary_is_easy_with_endings_and_in_compounds(word: str) -> None:
    assert Words().is_easy(word, "nl", frozenset({"narcolepsie"}))


def test_a_doubled_letter_before_an_ending_is_still_the_same_word() -> None:
    assert not Words().is_easy("trombossen", "nl", NONE)
    assert Words().is_easy("trombossen", "nl", frozenset({"trombos"}))


def test_a_language_without_a_list_has_no_hard_words() -> None:
    assert not Words().knows("fy")
    assert Words().is_easy("ûnbegryplikheden", "fy", NONE)
    assert Words().knows("nl")


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("oma", "nl", 2),
        ("huisarts", "nl", 2),
        ("medicijnen", "nl", 4),
        ("zeeën", "nl", 2),
        ("jab", "en", 1),
        ("doctor", "en", 2),
        ("aşılarınızı", "tr", 6),
        ("zkrt", "pl", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, language: str, expected: int) -> None:
    assert Words().syllables(word, language) == expected


def test_importing_the_module_reads_no_word_list() -> None:
    code = (
        "import wordfreq, bot.gateways.words as own; "
        "print(own._zipf.cache_info().currsize, wordfreq.get_frequency_dict.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]
