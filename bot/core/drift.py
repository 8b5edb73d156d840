"""Has a text changed since it was translated, and may the translation still be said?

A short fingerprint of the source text tells which version a translation was made from; what editors said of the
changes after that version tells what becomes of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.content import Answer, Content
from bot.core.language import SOURCE
from bot.core.revision import Change, Revision
from bot.core.source_change import SourceChange, by_key, history_of

UPDATING_LASTS: Final = timedelta(days=14)
_LENGTH: Final = 16  # hex digits


class Standing(StrEnum):
    """What becomes of a translation."""

    CURRENT = "current"
    UPDATING = "updating"  # said with a line that it is being updated
    WITHDRAWN = "withdrawn"  # not said any more


@dataclass(frozen=True, slots=True)
class Drift:
    """How a translation stands, and since when: the first change in meaning or for safety that it missed.

    `since` is None for a current one, and where nobody knows.
    """

    kind: Standing = Standing.CURRENT
    since: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """When it is withdrawn if nobody mends it."""
        return self.since + UPDATING_LASTS if self.since and self.kind is Standing.UPDATING else None


@dataclass(frozen=True, slots=True)
class Marks:
    """Translations (key, language) that are said with a line, and those that are not said.

    `until` is the first moment at which one of `updating` is withdrawn, None when that never comes.
    """

    updating: frozenset[tuple[str, str]]
    withdrawn: frozenset[tuple[str, str]]
    until: datetime | None = None


def source_hash(answer: Answer) -> str:
    """The fingerprint of an answer: 16 hex digits of SHA-256 over text, simple and sections.

    Facts count by their names, not their values: a corrected number is right in every language at once, and makes
    no translation stale. Blanks and line breaks do not count, nor does the order of the sections.
    """
    parts = [("text", answer.text), ("simple", answer.simple), *sorted(answer.sections.items())]
    told = "\x1e".join(f"{name}\x1f{' '.join(text.split())}" for name, text in parts)
    return hashlib.sha256(told.encode()).hexdigest()[:_LENGTH]


def is_own_text(revision: Revision) -> bool:
    """Is its body what was said then? Of older versions that came back with an export only the fingerprint is known."""
    body = revision.body
    return not (isinstance(body, Answer) and revision.print and source_hash(body) != revision.print)


def drift_of(
    translates: str, now_print: str, first_print: str, changes: Sequence[Revision | SourceChange], now: datetime
) -> Drift:
    """How the translation of a text stands that was made from the version with the print `translates`.

    `now_print` is that of the Dutch text served now, `first_print` that before all `changes` ("" for none), which are
    the Dutch text's, oldest first. A version that nobody knows has missed all of them, and a change in meaning
    since the file, which has no end; so has one that missed a change of which nobody said what it means.
    """
    if translates == now_print:
        return Drift()
    prints = [first_print, *(change.print for change in changes)]
    known = bool(translates) and translates in prints
    place = len(prints) - 1 - prints[::-1].index(translates) if known else 0
    missed = changes[place:]
    safety = next((change.at for change in missed if change.change is Change.SAFETY), None)
    if safety is not None:
        return Drift(Standing.WITHDRAWN, safety)
    meaning = next((change.at for change in missed if change.change is Change.MEANING), None)
    if meaning is not None:
        return Drift(Standing.WITHDRAWN if now >= meaning + UPDATING_LASTS else Standing.UPDATING, meaning)
    explained = known and all(change.change for change in missed)
    return Drift() if explained else Drift(Standing.UPDATING)


def drifts(
    content: Content, base: Content, changes: Iterable[Revision], now: datetime
) -> Mapping[tuple[str, str], Drift]:
    """How every translation stands that is not current. `base` are the files, `changes` all of Dutch answers."""
    own, prints = by_key(changes), _prints(content)
    histories = {key: history_of(_print(base, key), base.changes.get(key, ()), own.get(key, ())) for key in prints}
    firsts = {key: told[0].before if told else _print(base, key) for key, told in histories.items()}
    found = {
        (key, language): drift_of(answer.translates, prints[key], firsts[key], histories[key], now)
        for (key, language), answer in content.answers.items()
        if language != SOURCE and key in prints
    }
    return {which: drift for which, drift in found.items() if drift.kind is not Standing.CURRENT}


def served_marks(content: Content, base: Content, changes: Iterable[Revision], now: datetime) -> Marks:
    """What of `content` is said with a line, and what is not said: see `drifts`."""
    found = drifts(content, base, changes, now)
    return Marks(
        frozenset(which for which, drift in found.items() if drift.kind is Standing.UPDATING),
        frozenset(which for which, drift in found.items() if drift.kind is Standing.WITHDRAWN),
        min((drift.until for drift in found.values() if drift.until), default=None),
    )


def _prints(content: Content) -> dict[str, str]:
    return {key: source_hash(answer) for (key, language), answer in content.answers.items() if language == SOURCE}


def _print(base: Content, key: str) -> str:
    answer = base.answers.get((key, SOURCE))
    return source_hash(answer) if answer else ""
