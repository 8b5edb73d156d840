"""What a file of content would change: entry by entry, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.core.content import Answer, Fact, Review
from bot.core.entry import Body, Kind, ReadyText, RedFlag, Ref

BY_TWO: Final = frozenset({Kind.FLAG, Kind.CARD})  # a second person must see what is said in danger
Entries = Mapping[Ref, Body | None]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that changes; None where it was not there, or is not any more.

    `needs_second`: it becomes a draft, that a second person publishes.
    """

    ref: Ref
    before: Body | None
    after: Body | None
    needs_second: bool = False


def changes(current: Entries, given: Entries) -> list[EntryChange]:
    """What differs, in the order given. Where a text stands and whom it was read with do not count."""
    return [
        EntryChange(ref, before, after, ref.kind in BY_TWO)
        for ref, after in given.items()
        if not same(before := current.get(ref), after)
    ]


def same(before: Body | None, after: Body | None) -> bool:
    """Nothing that is said or shown differs, nor the order in which it is."""
    if isinstance(before, Answer) and isinstance(after, Answer):
        before, after = (replace(one, tested_with=()) for one in (before, after))
    return before == after and _order(before) == _order(after)


def _order(body: Body | None) -> list[str]:
    match body:
        case Answer():
            return list(body.sections)
        case Fact():
            return list(body.values)
        case ReadyText():
            return list(body.texts)
        case _:
            return []


def same_text(before: Body | None, after: Body | None) -> bool:
    """The same words, whatever else about them differs."""
    return bool(_words(before) == _words(after))


def _words(body: Body | None) -> Any:
    match body:
        case Answer():
            return body.text, body.simple, dict(body.sections)
        case RedFlag():
            return replace(body.texts, review=Review())
        case _:
            return body


def new_readings(before: Body | None, after: Body | None) -> list[Mapping[str, str]]:
    """With whom a text was read that is not yet known."""
    if not isinstance(after, Answer):
        return []
    known = before.tested_with if isinstance(before, Answer) else ()
    return [item for item in after.tested_with if item not in known]
