"""All that the page of an entry shows: its fields, what the rules say, and what colleagues did meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.content import Content, Fact
from bot.core.entry import Body, Kind, Ref
from bot.core.entry_in import entry_in
from bot.core.finding import BLOCK
from bot.core.revision import Draft, Stage
from bot.core.team import Worker
from bot.desk.content.answers.findings_view import Told
from bot.desk.content.differences import PartDifference, differences
from bot.desk.content.drafts import author_names
from bot.desk.content.entries.entry_fields import Input, dutch_of, inputs
from bot.desk.content.entries.entry_forms import TypedEntry, first_body
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.content.entries.fact_uses import Use, uses_of, values_print
from bot.desk.content.entry_names import Named, Names
from bot.desk.desk import Desk
from bot.desk.words import words
from bot.services.editing.check_entry import NEVER
from bot.services.editing.editor_rights import DANGER
from bot.services.editing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """What the rules say. `blocking` are the rules for which a reason is asked, `overrides` the reasons given."""

    told: Sequence[Told]
    blocking: Sequence[str]
    overrides: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One page. `dutch` is the Dutch text beside a translation, `uses` the texts that name a fact.

    `conflict`: the same editor saved `sheet.draft` elsewhere; `meanwhile` is what was published since the draft was
    begun. `names` gives authors their names, `by_two` says that two people must see it.
    """

    entry: Named
    sheet: Sheet
    typed: TypedEntry
    fields: Sequence[Input]
    dutch: Mapping[str, str]
    checked: CheckedEntry
    uses: Sequence[Use]
    names: Callable[[str], str]
    meanwhile: Sequence[PartDifference]
    conflict: Sequence[PartDifference] | None
    may_review: bool
    may_publish: bool
    problems: Sequence[str]

    @property
    def ref(self) -> Ref:
        """Which entry."""
        return self.entry.ref

    @property
    def language(self) -> str:
        """The language of its words, "" for none."""
        return self.ref.key if self.ref.kind is Kind.CARD else self.ref.language

    @property
    def removal(self) -> bool:
        """Does the draft take the entry away?"""
        return self.sheet.draft is not None and self.sheet.draft.body is None

    @property
    def returned(self) -> str:
        """What a reviewer wrote when they gave the draft back, or ""."""
        draft = self.sheet.draft
        return draft.note if draft and draft.stage is Stage.DRAFT else ""

    @property
    def by_two(self) -> bool:
        """Must two people see it?"""
        return self.ref.kind in DANGER

    @property
    def may_go(self) -> bool:
        """Can it be taken away at all?"""
        fixed = DANGER | {Kind.PRESSURE, Kind.TOPIC}
        return self.sheet.current is not None and self.ref.kind not in fixed and not self.uses

    @property
    def shown(self) -> str:
        """Which values of a fact the texts are shown with."""
        return values_print(self.typed.body)

    @property
    def new_values(self) -> bool:
        """Would a fact that is in use be said otherwise?"""
        return must_look(self.sheet, self.typed.body, self.uses)


def kept_body(sheet: Sheet, desk: Desk) -> Body:
    """What a form begins with: the editor's own draft, what is served, or an empty one."""
    own = sheet.draft.body if sheet.draft else None
    return own or sheet.current or first_body(sheet.ref, desk.content, desk.clock().date())


def as_kept(sheet: Sheet, desk: Desk) -> TypedEntry:
    """The form of somebody who has typed nothing yet."""
    draft, body = sheet.draft, kept_body(sheet, desk)
    if draft is None:
        return TypedEntry(body, sheet.base, 0)
    return TypedEntry(body, draft.base, draft.version, overrides=draft.overrides)


def check_typed(desk: Desk, ref: Ref, typed: TypedEntry, current: Body | None) -> CheckedEntry:
    """The body held to the rules. What `current` breaks in the same words does not stop publishing."""
    reasons = {one.rule: one.reason for one in typed.overrides}
    empty = current is None and not typed.seen and typed.raw is None
    found = () if empty else desk.editing.findings(ref, typed.body)
    old = set() if current is None else {(one.rule, one.text) for one in desk.editing.findings(ref, current)}
    new = [one for one in found if one.severity == BLOCK and (one.rule in NEVER or (one.rule, one.text) not in old)]
    waived = list(dict.fromkeys(one.rule for one in new if one.rule not in NEVER))
    return CheckedEntry(rules_told(found, new), waived, reasons)


def must_look(sheet: Sheet, body: Body | None, uses: Sequence[object]) -> bool:
    """Does a change of a fact show in texts, so that somebody must look at them first?"""
    if sheet.ref.kind is not Kind.FACT or not uses:
        return False
    now = sheet.current.values if isinstance(sheet.current, Fact) else {}
    return not isinstance(body, Fact) or dict(body.values) != dict(now)


async def view_of(
    desk: Desk,
    worker: Worker,
    sheet: Sheet,
    typed: TypedEntry,
    *,
    conflict: bool = False,
    problems: Sequence[str] = (),
) -> EntryView:
    """The page for what stands in the form."""
    content, ref = desk.content, sheet.ref
    draft = sheet.draft or Draft(ref, worker.id, typed.body, sheet.base, desk.clock())
    return EntryView(
        Names(content, worker.language).named(ref),
        sheet,
        typed,
        inputs(ref, typed.body, content, worker.language, typed.raw),
        _dutch(ref, content),
        check_typed(desk, ref, typed, sheet.current),
        uses_of(desk.editing.uses(ref), ref.key, typed.body, content) if ref.kind is Kind.FACT else (),
        author_names(await desk.store.workers(), words(worker.language)),
        await _meanwhile(desk, sheet, typed),
        differences(sheet.draft.body if sheet.draft else None, typed.body) if conflict else None,
        desk.editing.may_review(worker, ref),
        desk.editing.may_publish(worker, draft),
        problems,
    )


def _dutch(ref: Ref, content: Content) -> Mapping[str, str]:
    there = Ref(ref.kind, ref.key, "nl") if ref.language else ref
    return dutch_of(ref, entry_in(content, there), content)


async def _meanwhile(desk: Desk, sheet: Sheet, typed: TypedEntry) -> Sequence[PartDifference]:
    """What others published since the draft was begun; where that version is not known, against the draft itself."""
    if typed.base == sheet.base:
        return ()
    before = await desk.store.revision(typed.base) if typed.base else None
    return differences(before.body if before else typed.body, sheet.current)
