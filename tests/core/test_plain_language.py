"""Counting words and sentences, and the plain-language scores."""

from __future__ import annotations

import pytest

from bot.core.plain_language import atesman, flesch, flesch_douma, lix, score, sentences, words


def one_syllable(_word: str) -> int:
    return 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U kiest zelf. U mag ook nee zeggen.", 2),
        ("Komt de ziekte later? Dan kan dat.", 2),
        ("Eerste regel\nTweede regel", 2),
        ("هل تريدون ذلك؟ نعم.", 2),
        ("打针。休息。", 2),
        ("Open van 10.00 tot 12.00 uur op www.lareb.nl vandaag.", 1),
        ("Neem iets mee, bijv. een boek of o.a. een foto.", 1),
        ("Sjoch yn de bysluter fan no. Minsken tinke ferskillend.", 2),
        ('Zeg: "Ik wil een tolk." Dan komt er een.', 2),
        ("Wacht... Kom dan.", 2),
        ("", 0),
        ("?!", 0),
    ],
)
def test_a_sentence_ends_where_a_reader_stops(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De BMR-prik om 10.00 uur.", ["De", "BMR-prik", "om", "10.00", "uur"]),
        ("baby's foto’s", ["baby's", "foto’s"]),
        ("Bel 088-120 50 20 nu", ["Bel", "088-120-50-20", "nu"]),
        ("3, 5, 12 en 14 maanden", ["3", "5", "12", "en", "14", "maanden"]),
        ("مساءً شُكرًا", ["مساءً", "شُكرًا"]),
        ("/menu", ["menu"]),
    ],
)
def test_a_word_is_what_a_reader_takes_for_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_the_formulas_give_what_their_authors_wrote() -> None:
    assert flesch(10, 1.5) == pytest.approx(206.835 - 10.15 - 126.9)
    assert flesch_douma(10, 1.5) == pytest.approx(206.84 - 9.3 - 115.5)
    assert atesman(10, 2.5) == pytest.approx(198.825 - 26.1 - 100.4375)
    assert lix(10, 0.25) == 35


@pytest.mark.parametrize(
    ("language", "formula"),
    [
        ("nl", "Flesch-Douma"),
        ("fy", "Flesch-Douma"),
        ("en", "Flesch"),
        ("tr", "Ateşman"),
        ("ar", "LIX"),
        ("pl", "LIX"),
    ],
)
def test_each_language_has_its_formula(language: str, formula: str) -> None:
    assert score("Een zin.", language, one_syllable).formula == formula


def test_a_score_says_what_it_was_counted_from() -> None:
    found = score("U kiest zelf. Dat mag.", "nl", one_syllable)
    assert (found.words, found.sentences, found.longest) == (5, 2, 3)
    assert found.words_per_sentence == 2.5
    assert found.value == pytest.approx(206.84 - 0.93 * 2.5 - 77, abs=0.05)


def test_a_longer_sentence_scores_as_less_plain() -> None:
    short, long = "U kiest. U kiest. U kiest.", "U kiest en u kiest en u kiest."
    assert score(short, "nl", one_syllable).value > score(long, "nl", one_syllable).value
    assert score(short, "pl", one_syllable).value < score(long, "pl", one_syllable).value
    assert score(short, "pl", one_syllable).formula == "LIX"


def test_a_text_without_words_has_no_score() -> None:
    assert score("…", "nl", one_syllable).value == 0
