from hypothesis import given
from hypothesis import strategies as st

from bot.core.normalise import clean, normalise


def test_accents_case_and_punctuation_do_not_matter() -> None:
    assert normalise("Hé, Zó’n KOORTS!?") == "he zon koorts"


def test_marks_that_nobody_sees_are_gone() -> None:
    assert normalise("do\u200bo\u00add\u202e ga\u2066an") == "dood gaan"


def test_stretched_letters_stand_twice_or_once() -> None:
    assert normalise("heeeeelp") == "heelp"
    assert normalise("heeeeelp heel", stretched=1) == "help heel"


def test_turkish_and_arabic_letters_are_brought_together() -> None:
    assert normalise("AŞI ışık İyi") == normalise("asi isik iyi")
    assert normalise("أُريد الحياة") == normalise("اريد الحياه")


def test_emoji_are_no_words() -> None:
    assert normalise("👍🏽 ❤️") == ""


def test_control_characters_become_nothing_and_lines_become_blanks() -> None:
    assert clean("a\x00b\x07\n\n c\t d") == "ab c d"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_only_single_blanks_are_left(text: str) -> None:
    once = normalise(text)
    assert "  " not in once
    assert once == once.strip()
