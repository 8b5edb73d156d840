"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest

from bot.services.cases.phone import read_phone


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0612345678", "+31 6 12345678"),
        ("06-12 34 56 78", "+31 6 12345678"),
        ("+31612345678", "+31 6 12345678"),
        ("0031 6 12345678", "+31 6 12345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+31 6 12345678"),
        ("bel maar op 058-123 45 67 na vijf uur", "+31 58 123 4567"),
        ("+90 532 123 45 67", "+90 532 123 45 67"),
    ],
)
def test_a_number_is_read_in_the_form_in_which_it_can_be_called(typed: str, read: str) -> None:
    assert read_phone(typed) == read


@pytest.mark.parametrize("typed", ["", "112", "123", "06123", "0612345678901234", "geen idee", "8911 AB", "👍", "+"])
def test_what_cannot_be_called_is_no_number(typed: str) -> None:
    assert read_phone(typed) is None
