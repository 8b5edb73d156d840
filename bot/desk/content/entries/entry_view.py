"""What only the page of an entry shows: its fields, the Dutch text beside them, and the texts that use a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.content import Fact
from bot.core.entry import Body, Kind, Ref
from bot.core.entry_in import entry_in
from bot.core.team import Worker
from bot.desk.content.entries.entry_fields import dutch_of, inputs
from bot.desk.content.entries.entry_input import Input
from bot.desk.content.entries.fact_uses import Use, uses_of, values_print
from bot.desk.content.entry_names import Named, Names
from bot.desk.content.writing.typed import Typed
from bot.desk.desk import Desk
from bot.services.editing.editor_rights import DANGER
from bot.services.editing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class EntryView:
    """`dutch` is the Dutch text beside a translation, by field; `uses` are the texts that name a fact.

    `new_values`: a fact that is in use would be said otherwise; `shown` names its values. `by_two`: two people must
    see it. `may_go`: it can be taken away at all.
    """

    entry: Named
    language: str
    fields: Sequence[Input]
    dutch: Mapping[str, str]
    uses: Sequence[Use]
    new_values: bool
    shown: str
    by_two: bool
    may_go: bool


def view_of(desk: Desk, worker: Worker, sheet: Sheet, typed: Typed) -> EntryView:
    """The page for what stands in the form."""
    content, ref, body = desk.content, sheet.ref, typed.body
    source = Ref(ref.kind, ref.key, "nl") if ref.language else ref
    uses = uses_shown(desk, ref, body)
    fixed = DANGER | {Kind.PRESSURE, Kind.TOPIC}
    return EntryView(
        Names(content, worker.language).named(ref),
        ref.key if ref.kind is Kind.CARD else ref.language,
        inputs(ref, body, content, worker.language, typed.raw),
        dutch_of(ref, entry_in(content, source), content),
        uses,
        must_look(sheet, body, uses),
        values_print(body),
        ref.kind in DANGER,
        sheet.current is not None and ref.kind not in fixed and not uses,
    )


def uses_shown(desk: Desk, ref: Ref, body: Body | None) -> Sequence[Use]:
    """The texts that name a fact, before and after; () for what is no fact."""
    return uses_of(desk.editing.uses(ref), ref.key, body, desk.content) if ref.kind is Kind.FACT else ()


def must_look(sheet: Sheet, body: Body | None, uses: Sequence[object]) -> bool:
    """Does a change of a fact show in texts, so that somebody must look at them first?"""
    if sheet.ref.kind is not Kind.FACT or not uses:
        return False
    now = sheet.current.values if isinstance(sheet.current, Fact) else {}
    return not isinstance(body, Fact) or dict(body.values) != dict(now)
