"""Content read from a file becomes what is said: all of it or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final

from bot.core.content import Answer, Content, Review
from bot.core.entry import Body, Kind, RedFlag, Ref
from bot.core.errors import EntryChanged, ImportRefused
from bot.core.finding import Finding
from bot.core.language import SOURCE
from bot.core.overlay import overlaid
from bot.core.revision import Change, Draft, Override, Reading, Revision
from bot.core.team import Worker
from bot.services.editing.check_import import new_findings, problems_of
from bot.services.editing.content_changes import BY_TWO, Entries, EntryChange, changes, new_readings, same_text
from bot.services.editing.editor_rights import must_edit
from bot.services.editing.export_content import exported
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import print_of, put_live, reviewed_as, stamped, told
from bot.services.editing.uses import used_by
from bot.services.ports import Unit

SHORTEST_REASON: Final = 10
MOST_DRAFTS: Final = 2000  # of one file: a language has some hundreds of texts
Refresh = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `blocking` are findings that need a reason; `readings` come with the texts.

    `seen` is the newest revision that it knows: give it to `apply`, and nothing published since is overwritten.
    """

    changes: tuple[EntryChange, ...]
    blocking: tuple[Finding, ...]
    readings: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `findings` are those that stood in the way and were passed by."""

    published: tuple[EntryChange, ...]
    drafts: tuple[EntryChange, ...]
    readings: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done: bodies as they will be kept, and the newest revision of every entry."""

    changes: tuple[EntryChange, ...]
    readings: tuple[Reading, ...]
    blocking: tuple[Finding, ...]
    newest: Mapping[Ref, int]


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
    the file has them, and what an editor once published with a reason is not asked for a reason again.
    """

    def __init__(self, newsroom: Newsroom, refresh: Refresh) -> None:
        self._newsroom, self._refresh = newsroom, refresh

    async def preview(self, entries: Entries, *, restore: bool = False) -> Preview:
        """What would change. Raises ImportRefused for what cannot be said at all."""
        plan = await self._plan(entries, restore=restore)
        return Preview(plan.changes, plan.blocking, len(plan.readings), max(plan.newest.values(), default=0))

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
        seen: int | None = None,
    ) -> Imported:
        """Publishes what changes; `overrides` is the reason to do so in spite of findings.

        With `drafts_only` everything becomes drafts of the worker. Raises ImportRefused or EntryChanged; then nothing
        was changed.
        """
        must_edit(worker)
        plan = await self._plan(entries, restore=restore, worker=worker.id)
        _must_be_seen(plan, seen)
        if drafts_only and len(plan.changes) > MOST_DRAFTS:
            raise ImportRefused([("the file", f"It changes more than {MOST_DRAFTS} texts. Send fewer at once.")])
        reasons = () if drafts_only or restore else _reasons(plan.blocking, overrides)
        drafts = tuple(one for one in plan.changes if drafts_only or one.needs_second)
        published = tuple(one for one in plan.changes if not (drafts_only or one.needs_second))
        readings = () if drafts_only else plan.readings
        order = _Order(worker, why, self._newsroom.clock(), change, reasons)
        async with self._newsroom.store.unit() as unit:
            for one in published:
                await put_live(unit, _revision(one, plan.newest.get(one.ref, 0), order), "imported")
            for one in drafts:
                await _keep_draft(unit, one, plan.newest.get(one.ref, 0), order)
            for reading in readings:
                await unit.keep_reading(reading)
                about = told(Ref(Kind.ANSWER, reading.key, reading.language))
                await unit.audit(worker.id, "reading imported", about, order.now)
        await self._refresh()
        return Imported(published, drafts, len(readings), plan.blocking)

    async def _plan(self, entries: Entries, *, restore: bool, worker: str = "") -> _Plan:
        newsroom = self._newsroom
        await self._refresh()
        newest = {revision.ref: revision.id for revision in await newsroom.store.published()}
        current, content = await exported(newsroom), newsroom.served.content
        given = entries if restore else {ref: _settled(current.get(ref), body) for ref, body in entries.items()}
        changed = changes(current, given)
        result = overlaid(content, [(one.ref, one.after) for one in changed if not _is_lost_danger(one)])
        if problems := problems_of(changed, content, result, newsroom.base):
            raise ImportRefused(problems)
        blocking = await asyncio.to_thread(new_findings, changed, content, result, newsroom.words)
        readings = [
            _reading(ref, item, worker, newsroom.clock())
            for ref, body in entries.items()
            for item in new_readings(current.get(ref), body)
        ]
        ready = [self._ready(one, result, restore=restore) for one in changed]
        return _Plan(tuple(ready), tuple(readings), tuple(blocking), newest)

    def _ready(self, one: EntryChange, result: Content, *, restore: bool) -> EntryChange:
        """As it will be kept: linked to the Dutch text of the result, and without readings, which have rows."""
        body = one.after
        if not restore and not same_text(one.before, body):
            body = stamped(body, result)
        if isinstance(body, Answer):
            file = self._newsroom.base.answers.get((body.key, body.language))
            body = replace(body, tested_with=file.tested_with if file else ())
        in_danger = any(user.kind in BY_TWO for user in used_by(result, one.ref))
        second = (self._newsroom.four_eyes or in_danger) and not restore
        return replace(one, after=body, needs_second=one.needs_second or second)


def _is_lost_danger(change: EntryChange) -> bool:
    return change.ref.kind is Kind.FLAG and change.after is None


def _settled(current: Body | None, given: Body | None) -> Body | None:
    """The same words keep their review; other words were read by nobody yet, whatever the file says."""
    match current, given:
        case Answer(), Answer() if same_text(current, given):
            return replace(given, review=current.review, translates=current.translates)
        case RedFlag(), RedFlag() if same_text(current, given):
            return reviewed_as(given, current.texts.review)
        case _:
            return reviewed_as(given, Review())


def _must_be_seen(plan: _Plan, seen: int | None) -> None:
    for one in plan.changes:
        if seen is not None and plan.newest.get(one.ref, 0) > seen:
            raise EntryChanged(f"{told(one.ref)} was published again since you looked. Look at what changes once more.")


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
    """The worker's draft of this entry, over the one they had."""
    by = order.worker.id
    earlier = await unit.draft(one.ref, by)
    seen = earlier.version if earlier else 0
    draft = Draft(one.ref, by, one.after, base, order.now, version=seen + 1, change=order.change, note=order.why)
    await unit.keep_draft(draft, seen)
    await unit.audit(by, "imported as draft", told(one.ref), order.now)


def _reading(ref: Ref, item: Mapping[str, str], worker: str, now: datetime) -> Reading:
    understood = item.get("understood", "").casefold() in {"yes", "true", "ja"}
    group, word, at = item.get("group", ""), item.get("word", ""), _at(item.get("on", ""), now)
    return Reading(ref.key, ref.language, group, understood, word, worker, at)


def _at(day: str, now: datetime) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(12), UTC)
    except ValueError:
        return now
