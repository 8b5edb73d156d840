"""Questions of residents in a form: which were ticked, and in which words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.core.scrub import LONGEST
from bot.desk.forms import Given

WORDS: Final = "words-"  # begins the name of the field in which a question can be mended; after it, its id


def mended(form: Given) -> dict[int, str]:
    """The words in which each question was sent back, by its id; "" where they were all taken out."""
    ids = numbers([name.removeprefix(WORDS) for name in form.texts if name.startswith(WORDS)])
    return {one: form.text(f"{WORDS}{one}", LONGEST) for one in ids}


def numbers(values: Collection[str]) -> list[int]:
    """The ids in a form or an address; whatever is no number is left out."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16]  # noqa: PLR2004
