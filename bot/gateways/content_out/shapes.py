"""What fields the body of an entry may have, called as in `responses/*.yml`, and the body that they make."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.core.content import Answer, Fact, FlagTexts, Pressure, Review, Source, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.triage import Flag, FlagPatterns
from bot.gateways.content_out.fields import Fields

LONGEST: Final = 32_767  # characters of one text: what a cell of a spreadsheet holds


def _none(value: object) -> object:
    return None if value in ("", "null", "~") else value


_Day = Annotated[dt.date | None, BeforeValidator(_none)]
_Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True, str_max_length=LONGEST)


class _Source(_Strict):
    name: str
    url: str
    checked: dt.date

    def source(self) -> Source:
        return Source(self.name, self.url, self.checked)


class _Review(_Strict):
    status: Literal["unreviewed", "reviewed"] = "unreviewed"
    role: str = ""
    date: _Day = None
    due: _Day = None

    def review(self) -> Review:
        return Review(self.status, self.role, self.date, self.due)


class _Answer(_Strict):
    text: _Text
    simple: str = ""
    sections: dict[str, str] = {}
    pictogram: str = ""
    sources: list[_Source] = []
    review: _Review = _Review()
    translates: str = ""
    tested_with: list[dict[str, str]] = []
    next: list[str] = []
    effects: list[str] = []

    def body(self, ref: Ref) -> Body:
        return Answer(
            ref.key,
            ref.language,
            self.text,
            self.simple,
            self.sections,
            self.pictogram,
            tuple(source.source() for source in self.sources),
            self.review.review(),
            self.translates,
            tuple(self.tested_with),
            tuple(self.next),
            tuple(self.effects),
        )


class _Topic(_Strict):
    group: _Text
    kind: Literal["V", "W", ""] = ""

    def body(self, ref: Ref) -> Body:
        return Topic(ref.key, self.group, self.kind)


class _Words(_Strict):
    text: _Text

    def body(self, _: Ref) -> Body:
        return Words(self.text)


class _Fact(_Strict):
    value: str | None = None
    values: dict[str, str] = {}
    about: str = ""
    source: str = ""
    checked: dt.date
    demo: bool = False

    def body(self, ref: Ref) -> Body:
        values = self.values if self.value is None else {"": self.value} | self.values
        if not values:
            raise ValueError("a fact needs a value")
        return Fact(ref.key, values, self.about, self.source, self.checked, self.demo)


class _Flag(_Strict):
    text: _Text
    question: _Text
    numbers: list[str] = []
    pictogram: str = ""
    review: _Review = _Review()
    patterns: list[str] = []
    check_in: list[str] = []
    exceptions: list[str] = []

    def body(self, ref: Ref) -> Body:
        flag, language = Flag(ref.key), ref.language
        texts = FlagTexts(
            flag, language, self.text, self.question, tuple(self.numbers), self.pictogram, self.review.review()
        )
        phrases = (tuple(self.patterns), tuple(self.check_in), tuple(self.exceptions))
        return RedFlag(texts, FlagPatterns(flag, language, *phrases))


class _Pressure(_Strict):
    words: list[str] = []
    allowed_in: dict[str, list[str]] = {}
    exceptions: list[str] = []

    def body(self, _: Ref) -> Body:
        allowed = {word: tuple(topics) for word, topics in self.allowed_in.items()}
        return Pressure(tuple(self.words), allowed, tuple(self.exceptions))


class _Examples(_Strict):
    examples: Annotated[list[str], Field(min_length=1)]

    def body(self, _: Ref) -> Body:
        return Examples(tuple(self.examples))


class _Ready(_Strict):
    name: _Text
    texts: dict[str, str] = {}

    def body(self, _: Ref) -> Body:
        return ReadyText(self.name, self.texts)


_Shape = _Answer | _Topic | _Words | _Fact | _Flag | _Pressure | _Examples | _Ready
SHAPES: Final[dict[Kind, type[_Shape]]] = {
    Kind.ANSWER: _Answer,
    Kind.TOPIC: _Topic,
    Kind.LABEL: _Words,
    Kind.FACT: _Fact,
    Kind.FLAG: _Flag,
    Kind.TERM: _Words,
    Kind.PRESSURE: _Pressure,
    Kind.CARD: _Words,
    Kind.EXAMPLES: _Examples,
    Kind.TEMPLATE: _Ready,
}


def body_of(ref: Ref, fields: Fields) -> Body:
    """The body with these fields. Raises ValueError (pydantic's ValidationError tells which field)."""
    return SHAPES[ref.kind].model_validate(fields).body(ref)
