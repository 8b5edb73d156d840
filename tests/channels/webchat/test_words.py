"""Texts as HTML."""

from __future__ import annotations

from bot.channels.webchat.words import Words, callable_numbers
from bot.core.content import Content

WORDS = Words({"112", "113", "0800-0113", "088-000 00 00"})


def test_a_blank_line_divides_paragraphs_and_a_line_stays_a_line() -> None:
    assert WORDS.html("Een\ntwee\n\nDrie") == "<p>Een<br>twee</p><p>Drie</p>"


def test_lines_with_bullets_are_a_list() -> None:
    assert WORDS.html("• een\n• <twee>") == "<ul><li>een</li><li>&lt;twee&gt;</li></ul>"


def test_numbers_of_ours_can_be_tapped_and_keep_their_order_in_arabic() -> None:
    assert WORDS.line("اتصلوا 088-000 00 00.") == (
        'اتصلوا <a class="number" href="tel:0880000000" dir="ltr">088-000 00 00</a>.'
    )


def test_the_number_of_a_team_can_be_tapped_though_it_is_no_fact() -> None:
    assert 'href="tel:0580000000"' in WORDS.line("Bel 058 000 00 00.")
    assert 'href="tel:0612345678"' in WORDS.line("Bel mij: 06-12345678")
    for text in ("058 000 00", "van 01-02-2026 tot 03-04-2026", "1058 000 00 00", "058 000 00 001"):
        assert "<a" not in WORDS.line(text)


def test_a_number_inside_another_word_or_number_is_left_alone() -> None:
    for text in ("112NL", "1123", "0900-112", "art. 7/112"):
        assert "<a" not in WORDS.line(text)


def test_commands_can_be_tapped() -> None:
    assert 'name="command" value="menu"' in WORDS.line("Met /menu kiest u.")
    assert WORDS.line("en/of /nergens") == "en/of /nergens"


def test_only_telephone_numbers_can_be_called(content: Content) -> None:
    numbers = callable_numbers(content.facts)
    assert {"112", "113", "0800-0113", "0800-2000"} <= numbers
    assert not {"18", "60", "2025", "2026", "30"} & numbers
