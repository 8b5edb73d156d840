"""Every sentence of the desk has its Dutch words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.desk.door import password
from bot.desk.forms import DONE
from bot.desk.page import HERE, ROOMS
from bot.desk.problems import SAID
from bot.desk.words import LOCALE, words

SENTENCE = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)*)\"""")
PROBLEM = re.compile(r'"([A-Z][^"]{12,}\.)"')


def dutch() -> dict[str, str]:
    found = {}
    for path in (LOCALE / "nl" / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            found |= {str(message.id): str(message.string) for message in read_po(file) if message.id}
    return found


def templates() -> list[Path]:
    return sorted(HERE.glob("**/templates/**/*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(HERE)))
def test_every_sentence_on_a_page_has_a_translation(path: Path) -> None:
    missing = [sentence for sentence in SENTENCE.findall(path.read_text(encoding="utf-8")) if sentence not in dutch()]
    assert not missing


def test_every_sentence_that_pages_are_given_has_a_translation() -> None:
    given = [*DONE.values(), *(room.label for room in ROOMS), *(part for pair in SAID.values() for part in pair)]
    given += [password.weakness(*pair) for pair in (("", ""), ("a" * 20, ""), ("x" * 300, ""), ("abcdefghijkl", ""))]
    for path in [*HERE.glob("people/*.py"), *HERE.glob("account/*.py")]:
        code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        given += PROBLEM.findall(code)
    assert not [sentence for sentence in given if sentence not in dutch()]


def test_a_translation_has_the_same_places_to_fill_in() -> None:
    for sentence, translation in dutch().items():
        assert set(re.findall(r"\{(\w+)\}", sentence)) >= set(re.findall(r"\{(\w+)\}", translation)), sentence


def test_a_language_that_the_desk_does_not_have_is_shown_in_dutch() -> None:
    assert words("fy")("Log in") == "Inloggen"
    assert words("en")("Log in") == "Log in"
