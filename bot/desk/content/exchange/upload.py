"""A file that came with a form, and the table of what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.desk.content.exchange.file_words import file_teller
from bot.desk.words import words

_PLACE: Final = re.compile(
    r"sheet (?P<sheet>[^,]+)(?:, row (?P<row>\d+))?(?:, (?:column (?P<column>.+)|(?P<rest>.+)))?",
    re.DOTALL,
)
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Wrong:
    """One problem: its sheet, row and column, as far as it has them; else `sheet` is the place in words.

    `tongue` is the language of the sentence where that is not the screen's.
    """

    sheet: str
    row: str
    column: str
    sentence: str
    tongue: str = ""


async def file_of(request: Request, name: str = "file") -> tuple[str, bytes]:
    """(its name, what is in it) of the file in a form; ("", b"") when none was chosen."""
    given = (await request.form()).get(name)
    if not isinstance(given, UploadFile) or not given.filename:
        return "", b""
    return given.filename[-_LONGEST_NAME:], await given.read()


def wrongs(problems: Iterable[tuple[str, str]], language: str) -> list[Wrong]:
    """The problems of a file as rows of a table, in the language of the screen where its words are known."""
    told = file_teller(language)
    return [_wrong(place, sentence, told(sentence), language) for place, sentence in problems]


def _wrong(place: str, sentence: str, told: str, language: str) -> Wrong:
    found, tongue = _PLACE.fullmatch(place), "" if told else "en"
    if found is None:
        return Wrong(_named(place, language), "", "", told or sentence, tongue)
    column = found["column"] or _named(found["rest"] or "", language)
    return Wrong(found["sheet"], found["row"] or "", column, told or sentence, tongue)


def _named(place: str, language: str) -> str:
    """The whole file, a line or cells, in the language of the screen; any other place as it is."""
    say, (kind, _, which) = words(language), place.partition(" ")
    match kind:
        case "the" if which == "file":
            return say("the file")
        case "line":
            return say("line {number}", number=which)
        case "cells":
            return say("cells {which}", which=which)
        case _:
            return place
