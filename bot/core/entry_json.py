"""What an entry holds as JSON, and back: the form in which drafts and revisions are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.content import Answer, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Words
from bot.core.plain_json import dumps, loads

BODIES: Final[Mapping[Kind, type[Body]]] = {
    Kind.ANSWER: Answer,
    Kind.TOPIC: Topic,
    Kind.LABEL: Words,
    Kind.FACT: Fact,
    Kind.FLAG: RedFlag,
    Kind.TERM: Words,
    Kind.PRESSURE: Pressure,
    Kind.CARD: Words,
    Kind.EXAMPLES: Examples,
    Kind.TEMPLATE: ReadyText,
}


def to_json(body: Body) -> str:
    """All of a body; the same body is always the same text."""
    return dumps(body)


def from_json(kind: Kind, text: str) -> Body:
    """The body again, also of a program that knew other fields. Raises ValueError for what is no such body."""
    return loads(BODIES[kind], text)
