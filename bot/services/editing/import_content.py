"""Content read from a file becomes what is said: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.errors import ImportRefused
from bot.core.finding import Finding
from bot.core.language import SOURCE
from bot.core.revision import Change, Draft, Override, Revision, Stage
from bot.core.source_change import History
from bot.core.team import Worker
from bot.services.editing.content_changes import Entries, EntryChange
from bot.services.editing.editor_rights import must_edit
from bot.services.editing.import_plan import Plan, PlanImport, Preview, Refresh
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import print_of, put_live, told
from bot.services.editing.restore_history import keep_with_history
from bot.services.ports import Unit

SHORTEST_REASON: Final = 10
_NONE: Final[History] = MappingProxyType({})
BEGUN: Final = (
    "You are writing this text yourself. Send your draft to review or throw it away, then send the file again."
)
MOST_DRAFTS: Final = 2000  # of one file: a language has some hundreds of texts


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `drafts` wait in review; `findings` are those that stood in the way and were passed by."""

    published: tuple[EntryChange, ...]
    drafts: tuple[EntryChange, ...]
    readings: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Order:
    """Who wants it, why, and what it means for the translations of Dutch texts."""

    worker: Worker
    why: str
    now: datetime
    change: Change
    overrides: tuple[Override, ...]


class ImportContent:
    """Takes in entries of a file. `refresh` reads what was published, by whomever, and serves it.

    `restore` is for an empty database that gets its own export back: reviews and links to the Dutch text are kept as
    the file has them, with the `history` of the Dutch text, and what an editor once published with a reason is not
    asked for a reason again.
    """

    def __init__(self, newsroom: Newsroom, refresh: Refresh) -> None:
        self._newsroom, self._refresh, self._plan = newsroom, refresh, PlanImport(newsroom, refresh)

    async def preview(self, entries: Entries) -> Preview:
        """What would change. Raises ImportRefused for what cannot be said at all."""
        return (await self._plan(entries, restore=False, history=_NONE)).preview()

    async def apply(
        self,
        worker: Worker,
        entries: Entries,
        why: str,
        *,
        change: Change = Change.MEANING,
        overrides: str = "",
        drafts_only: bool = False,
        restore: bool = False,
        history: History = _NONE,
        seen: int | None = None,
    ) -> Imported:
        """Publishes what changes; `overrides` is the reason to do so in spite of findings.

        With `drafts_only` everything becomes drafts of the worker, as what a second person must see always does: they
        wait in review, over those that waited already. Raises ImportRefused or EntryChanged; then nothing was changed.
        """
        must_edit(worker)
        plan = await self._plan(entries, restore=restore, history=history, worker=worker.id)
        plan.must_be_seen(seen)
        if drafts_only and len(plan.changes) > MOST_DRAFTS:
            raise ImportRefused([("the file", f"It changes more than {MOST_DRAFTS} texts. Send fewer at once.")])
        reasons = () if drafts_only or restore else _reasons(plan.blocking, overrides)
        done = Imported(
            tuple(one for one in plan.changes if not (drafts_only or one.needs_second)),
            tuple(one for one in plan.changes if drafts_only or one.needs_second),
            0 if drafts_only else len(plan.readings),
            plan.blocking,
        )
        order = _Order(worker, why, self._newsroom.clock(), change, reasons)
        async with self._newsroom.store.unit() as unit:
            await _must_not_cover(unit, done.drafts, worker)
            await _keep(unit, done, plan, order)
        await self._refresh()
        return done


async def _must_not_cover(unit: Unit, drafts: Sequence[EntryChange], worker: Worker) -> None:
    """Raises ImportRefused for what the worker is still writing: it would be lost."""
    mine = [(one, await unit.draft(one.ref, worker.id)) for one in drafts]
    begun = [one for one, draft in mine if draft and draft.stage is Stage.DRAFT and draft.body != one.after]
    if begun:
        raise ImportRefused([(told(one.ref), BEGUN) for one in begun])


async def _keep(unit: Unit, done: Imported, plan: Plan, order: _Order) -> None:
    for one in done.published:
        revision = _revision(one, plan.newest.get(one.ref, 0), order)
        if steps := plan.steps.get(one.ref):
            await keep_with_history(unit, revision, steps)
        else:
            await put_live(unit, revision, "imported")
    for one in done.drafts:
        await _keep_draft(unit, one, plan.newest.get(one.ref, 0), order)
    for reading in plan.readings[: done.readings]:
        await unit.keep_reading(reading)
        about = told(Ref(Kind.ANSWER, reading.key, reading.language))
        await unit.audit(order.worker.id, "reading imported", about, order.now)


def _reasons(blocking: tuple[Finding, ...], reason: str) -> tuple[Override, ...]:
    if not blocking:
        return ()
    if len(reason.strip()) < SHORTEST_REASON:
        raise ImportRefused(
            [(f"{found.key} {found.language}".strip(), f"{found.text}. {found.suggestion}") for found in blocking]
        )
    return tuple(Override(rule, reason.strip()) for rule in sorted({found.rule for found in blocking}))


def _revision(one: EntryChange, base: int, order: _Order) -> Revision:
    dutch = one.ref.kind is Kind.ANSWER and one.ref.language == SOURCE
    by, kind = order.worker.id, order.change if dutch else None
    return Revision(
        0, one.ref, one.after, base, by, by, order.now, order.why, kind, print_of(one.after), order.overrides
    )


async def _keep_draft(unit: Unit, one: EntryChange, base: int, order: _Order) -> None:
    """The worker's draft of this entry, over the one they had; it asks for a look at once."""
    by = order.worker.id
    earlier = await unit.draft(one.ref, by)
    seen = earlier.version if earlier else 0
    draft = Draft(one.ref, by, one.after, base, order.now, seen + 1, Stage.IN_REVIEW, order.change, order.why)
    await unit.keep_draft(draft, seen)
    await unit.audit(by, "imported as draft", told(one.ref), order.now)
