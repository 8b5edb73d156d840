"""A telephone number as somebody typed it."""

from __future__ import annotations

import phonenumbers

HOME = "NL"


def read_phone(text: str) -> str | None:
    """The number in international form, or None when there is none that can exist."""
    found = next(iter(phonenumbers.PhoneNumberMatcher(text, HOME)), None)
    number = found.number if found else _alone(text)
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _alone(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
