"""How Dutch answers changed, as far as the files and the database tell: what becomes of translations hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.revision import Change, Revision


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One change of a Dutch answer: its fingerprints before and after (`print`), what it meant, and when.

    `change` None: somebody changed the file, and nobody said what that means; `at` is None then.
    """

    before: str
    print: str
    change: Change | None
    at: datetime | None


History = Mapping[str, Sequence[SourceChange]]  # by the key of the answer, oldest first


def history_of(
    file_print: str, kept: Sequence[SourceChange], revisions: Iterable[Revision | SourceChange]
) -> tuple[SourceChange, ...]:
    """All changes of one Dutch answer, oldest first: those that the files keep, then those published here.

    `file_print` is the fingerprint of the text in the files ("" for none). A change that is in both counts once.
    """
    own = list(revisions)
    here = {(one.print, one.at) for one in own}
    older = [one for one in kept if (one.print, one.at) not in here]
    origin = kept[0].before if kept else file_print
    by_hand = bool(kept) and file_print not in {one.print for one in kept}
    steps: list[tuple[str, Change | None, datetime | None]] = [(one.print, one.change, one.at) for one in older]
    steps += [(file_print, None, None)] if by_hand else []
    steps += [(one.print, one.change or Change.WORDING, one.at) for one in own]
    return tuple(_linked(origin, steps))


def _linked(origin: str, steps: Iterable[tuple[str, Change | None, datetime | None]]) -> Iterator[SourceChange]:
    before = origin
    for now, change, at in steps:
        yield SourceChange(before, now, change, at)
        before = now


def to_keep(
    file_print: str, kept: Sequence[SourceChange], told: Sequence[SourceChange], now: datetime
) -> tuple[SourceChange, ...]:
    """Which of the changes `told` an empty database must keep: the fewest that, with the files, tell the same.

    On files with another text it is all of them, and the text before them. Each has a kind and a moment then: what
    nobody explained counts as another meaning, from the next change on (the last: from `now`).
    """
    for first in range(len(told), -1, -1):
        if history_of(file_print, kept, told[first:]) == tuple(told):
            return tuple(told[first:])
    origin = SourceChange("", told[0].before, Change.WORDING, told[0].at)
    return tuple(_explained((origin, *told) if origin.print else told, now))


def _explained(steps: Sequence[SourceChange], now: datetime) -> list[SourceChange]:
    found: list[SourceChange] = []
    for step in reversed(steps):
        at = step.at or (found[-1].at if found else now)
        found.append(replace(step, change=step.change or Change.MEANING, at=at))
    return found[::-1]


def by_key(revisions: Iterable[Revision]) -> Mapping[str, list[Revision]]:
    """Revisions of Dutch answers under the keys of the answers."""
    found: dict[str, list[Revision]] = {}
    for revision in revisions:
        found.setdefault(revision.ref.key, []).append(revision)
    return found
