"""What a page shows of a file that was looked at, and of one that was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.finding import Finding
from bot.core.language import SOURCE
from bot.desk.content.answers.answer_view import unsaid_unread
from bot.desk.content.answers.findings_view import Told
from bot.desk.content.differences import PartDifference, differences
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.content.entry_names import ANSWER, Named, Names, direction
from bot.desk.content.exchange.waiting_files import WaitingFile
from bot.desk.content.part_words import part_teller
from bot.desk.desk import Desk
from bot.services.editing.content_changes import BY_TWO, EntryChange

SHOWN: Final = 300  # changes on one page; all of them are taken in
MEDICAL, LANGUAGE, EITHER, ANYBODY = "medical", "language", "either", "anybody"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that a second person must see; `who` may: somebody with "medical", "language" or "either", or "anybody".

    `tongue` is the language that they must know.
    """

    entry: Named
    who: str
    tongue: str = ""


def preview_of(desk: Desk, waiting: WaitingFile, language: str) -> dict[str, object]:
    """What stands on the page of a file that was looked at."""
    changes, names = waiting.preview.changes, Names(desk.content, language)
    return {
        "file": waiting,
        "number": len(changes),
        "second": sum(one.needs_second for one in changes),
        "dutch": any(one.ref.language == SOURCE and one.ref.kind is Kind.ANSWER for one in changes),
        "unsaid": any(one.after is not None and unsaid_unread(desk, one.ref) for one in changes),
        "rows": [_row(one, names) for one in changes[:SHOWN]],
        "blocking": [_found(one, names) for one in waiting.preview.blocking],
        "details": names.details,
        "part_told": part_teller(desk.content, language),
        "direction": direction,
    }


def second_looks(drafts: Iterable[EntryChange], names: Names) -> list[Waiting]:
    """What became drafts, in the order of the file: what it is, and who may publish it."""
    return [_waiting(one.ref, names) for one in drafts]


def _waiting(ref: Ref, names: Names) -> Waiting:
    entry = names.named(ref)
    if ref.kind not in BY_TWO:
        return Waiting(entry, ANYBODY)
    tongue = names.tongue(ref.key if ref.kind is Kind.CARD else ref.language)
    if ref.kind is Kind.CARD:
        return Waiting(entry, EITHER, tongue)
    return Waiting(entry, MEDICAL if ref.language == SOURCE else LANGUAGE, tongue)


def _row(change: EntryChange, names: Names) -> tuple[Named, EntryChange, Sequence[PartDifference]]:
    return names.named(change.ref), change, differences(change.before, change.after)


def _found(finding: Finding, names: Names) -> tuple[str, str, Told]:
    """(which text, in which language, what is wrong)."""
    kind = Kind.ANSWER if finding.key.startswith(ANSWER) else Kind.LABEL if "." in finding.key else Kind.TERM
    return (
        names.title(Ref(kind, finding.key, finding.language)),
        names.tongue(finding.language),
        rules_told([finding], [finding])[0],
    )
