"""The versions of an entry: its revisions, newest first, and under them the text of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.drift import is_own_text
from bot.core.entry import Body
from bot.core.revision import Revision
from bot.desk.content.differences import PartDifference, differences
from bot.desk.content.parts import Part, parts_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `revision` None is the file's, with number 0.

    `changes` is what it changed in the version before it, or None where there is nothing to compare it with: then
    `parts` is its whole text. `back`: one may go back to it. `lost`: only what kind of change it was is known.
    """

    number: int
    revision: Revision | None
    author: str
    approver: str
    changes: tuple[PartDifference, ...] | None
    parts: tuple[Part, ...]
    back: bool
    lost: bool = False


def versions_of(
    revisions: Sequence[Revision], file: Body | None, names: Callable[[str], str], start: int, most: int
) -> Iterator[Version]:
    """At most `most` versions from place `start` on; `file` None means that the files have no such entry."""
    last = len(revisions)
    for place in range(start, min(start + most, last + (file is not None))):
        if place == last:
            yield Version(0, None, "", "", None, _parts(file), back=last > 0)
        else:
            yield _of_revision(revisions, place, file, names)


def _of_revision(revisions: Sequence[Revision], place: int, file: Body | None, names: Callable[[str], str]) -> Version:
    revision = revisions[place]
    author, approver = names(revision.author), names(revision.approver)
    approver = approver if revision.approver != revision.author else ""
    lost = not is_own_text(revision)
    older = next((one for one in revisions[place + 1 :] if is_own_text(one)), None)
    before = older.body if older else file
    return Version(
        revision.id,
        revision,
        author,
        approver,
        None if lost or (older is None and file is None) else differences(before, revision.body),
        () if lost else _parts(revision.body),
        back=place > 0 and revision.body is not None and not lost,
        lost=lost,
    )


def _parts(body: Body | None) -> tuple[Part, ...]:
    return parts_of(body) if body is not None else ()
