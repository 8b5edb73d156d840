"""The parts of an entry that hold keys or days, in words: topics, facts, pictures, groups and dates by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from babel.dates import format_date

from bot.core.content import Content
from bot.desk.content.answers.answer_words import EFFECT_WORDS
from bot.desk.content.answers.pictograms import words_of
from bot.desk.content.entry_names import Names
from bot.desk.words import Words, words

PartTold = Callable[[str, str], str]  # (name of the part, its text or some of it) → the same for people
KINDS: Final[Mapping[str, str]] = {"V": "vaccination (V)", "W": "worry (W)"}
_KEY: Final = re.compile(r"[\w-]+")
_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_DATED: Final = frozenset({"checked", "sources"})


def part_teller(content: Content, language: str) -> PartTold:
    """Tells parts of entries in the language of a screen; what is no key that is there stays as it is."""
    t, names = words(language), Names(content, language)
    named: Mapping[str, Callable[[str], str]] = {
        "next": lambda key: names.topic(key) if key in content.topics else key,
        "allowed_in": lambda key: names.topic(key) if key in content.topics else key,
        "effects": lambda key: t(EFFECT_WORDS[key]) if key in EFFECT_WORDS else key,
        "pictogram": lambda key: words_of(key, content, language) if key in content.pictograms else key,
        "numbers": lambda key: names.fact(key) if key in content.facts else key,
        "group": names.group,
        "kind": lambda key: t(KINDS[key]) if key in KINDS else key,
        "demo": lambda _: t("yes"),
    }

    def told(part: str, text: str) -> str:
        if part in _DATED:
            return _DAY.sub(lambda found: _day(found[0], t), text)
        say = named.get(part)
        return _KEY.sub(lambda found: say(found[0]), text) if say else text

    return told


def _day(written: str, t: Words) -> str:
    try:
        return format_date(date.fromisoformat(written), "d MMM y", locale=t.language)
    except ValueError:  # a text may hold what only looks like a day
        return written
