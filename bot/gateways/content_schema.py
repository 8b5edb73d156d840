"""The shape of the files in `responses/`, as `content_files` and its neighbours check them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.core.content import Review
from bot.core.triage import Flag


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class SourceEntry(_Strict):
    """Where a text has it from, and when somebody looked."""

    name: str
    url: str = Field(pattern=r"^https://")
    checked: dt.date


class ReviewEntry(_Strict):
    """Who read a text, and when it is to be read again."""

    status: Literal["unreviewed", "reviewed"] = "unreviewed"
    role: str | None = ""
    date: dt.date | None = None
    due: dt.date | None = None

    def review(self) -> Review:
        """The same for the rest of the program."""
        return Review(self.status, self.role or "", self.date, self.due)


class Metadata(_Strict):
    """What belongs to an answer and Rasa does not know. `film` is only kept for later."""

    simple: str = ""
    sections: dict[str, str] = {}
    pictogram: str = ""
    sources: list[SourceEntry] = []
    review: ReviewEntry = ReviewEntry()
    translates: str | None = None
    tested_with: list[dict[str, str]] = []
    next: list[str] = []
    effects: list[str] = []
    film: dict[str, str] | None = None


class AnswerEntry(_Strict):
    """An answer, as Rasa writes a response."""

    text: str = Field(min_length=1)
    metadata: Metadata = Metadata()


class AnswersFile(_Strict):
    """A file of answers in one language, by `utter_` and the key."""

    version: str = "3.1"
    responses: dict[str, list[AnswerEntry]]


class FactEntry(_Strict):
    """A fact: one value, or one for every language."""

    value: str | None = None
    values: dict[str, str] = {}
    about: str
    source: str
    checked: dt.date
    demo: bool = False


class FactsFile(_Strict):
    """`facts.yml`."""

    facts: dict[str, FactEntry]


class LabelsFile(_Strict):
    """`labels/<language>.yml`."""

    sections: dict[str, str]
    buttons: dict[str, str]
    menu: dict[str, str]
    topics: dict[str, str]
    pictograms: dict[str, str]
    commands: dict[str, str]
    page: dict[str, str]


class TopicEntry(_Strict):
    """Where a topic stands on the menu, and its kind as in `Topic`."""

    group: str
    kind: Literal["V", "W", ""] = ""


class TopicsFile(_Strict):
    """`topics.yml`."""

    topics: dict[str, TopicEntry]
    meta: list[str]


class MenuEntry(_Strict):
    """A group of the menu."""

    key: str
    emoji: str
    pictogram: str
    topics: list[str] = []
    meta: str = ""


class MenuFile(_Strict):
    """`menu.yml`."""

    menu: list[MenuEntry]


class FlagEntry(_Strict):
    """A danger in one language: what sees it, and what is said."""

    pictogram: str = ""
    review: ReviewEntry = ReviewEntry()
    numbers: list[str]
    patterns: list[str]
    check_in: list[str] = []
    exceptions: list[str] = []
    text: str
    question: str


class FlagsFile(_Strict):
    """`red_flags/<language>.yml`."""

    language: str
    flags: dict[Flag, FlagEntry]


class GlossaryFile(_Strict):
    """`glossary/<language>.yml`."""

    terms: dict[str, str]


class PressureFile(_Strict):
    """`pressure/<language>.yml`."""

    words: list[str]
    allowed_in: dict[str, list[str]] = {}
    exceptions: list[str] = []


class CardsFile(_Strict):
    """`red_flags/cards.yml`."""

    cards: dict[str, str]


class StaffFile(_Strict):
    """`staff/<language>.yml`."""

    texts: dict[str, str]
