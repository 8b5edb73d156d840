import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.split import split, units


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_every_piece_fits_and_nothing_but_blanks_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert bare("".join(pieces)) == bare(text)


def test_a_text_is_cut_between_paragraphs_if_it_can() -> None:
    assert split("Eerste stuk hier.\n\nTweede stuk hier.", 25) == ["Eerste stuk hier.", "Tweede stuk hier."]


def test_else_between_sentences_else_between_words() -> None:
    assert split("Een zin. Nog een zin.", 12) == ["Een zin.", "Nog een zin."]
    assert split("alleen maar woorden", 12) == ["alleen maar", "woorden"]


def test_an_emoji_counts_as_two() -> None:
    assert units("👍") == 2
    assert split("👍👍👍", 4) == ["👍👍", "👍"]


def test_a_limit_under_two_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        split("a", 1)
