"""The names of languages on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale


@cache
def tongues(language: str) -> Mapping[str, str]:
    """The names of languages, with a capital."""
    names = {code: f"{name[:1].upper()}{name[1:]}" for code, name in Locale.parse(language).languages.items()}
    return names | ({"fy": "Frisian"} if language == "en" else {})  # not "Western Frisian": nobody here says so
