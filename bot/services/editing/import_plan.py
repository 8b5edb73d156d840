"""What taking in a file would do, reckoned before anything is written."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.core.content import Answer, Content, Review
from bot.core.entry import Body, Kind, RedFlag, Ref
from bot.core.errors import EntryChanged, ImportRefused
from bot.core.finding import Finding
from bot.core.overlay import overlaid
from bot.core.revision import Reading
from bot.core.source_change import History
from bot.services.editing.check_import import new_findings, problems_of, wrong_examples
from bot.services.editing.content_changes import BY_TWO, Entries, EntryChange, changes, new_readings, same_text
from bot.services.editing.export_content import exported
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import reviewed_as, stamped, told
from bot.services.editing.restore_history import Steps, steps_of
from bot.services.editing.uses import used_by

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
class Plan:
    """What is to be done: bodies as they will be kept, and the newest revision of every entry.

    `steps` are the changes of Dutch answers that come back with them.
    """

    changes: tuple[EntryChange, ...]
    readings: tuple[Reading, ...]
    blocking: tuple[Finding, ...]
    newest: Mapping[Ref, int]
    steps: Steps

    def preview(self) -> Preview:
        """The same for who looks."""
        return Preview(self.changes, self.blocking, len(self.readings), max(self.newest.values(), default=0))

    def must_be_seen(self, seen: int | None) -> None:
        """Raises EntryChanged when an entry that changes was published again after revision `seen`."""
        for one in self.changes:
            if seen is not None and self.newest.get(one.ref, 0) > seen:
                again = "was published again since you looked. Look at what changes once more."
                raise EntryChanged(f"{told(one.ref)} {again}")


class PlanImport:
    """Call it with the entries of a file. `refresh` reads what was published, by whomever, and serves it."""

    def __init__(self, newsroom: Newsroom, refresh: Refresh) -> None:
        self._newsroom, self._refresh = newsroom, refresh

    async def __call__(self, entries: Entries, *, restore: bool, history: History, worker: str = "") -> Plan:
        """With `restore` reviews, links to the Dutch text and its `history` stay.

        Raises ImportRefused for what cannot be said.
        """
        newsroom = self._newsroom
        await self._refresh()
        newest = {revision.ref: revision.id for revision in await newsroom.store.published()}
        current, content = await exported(newsroom), newsroom.served.content
        given = entries if restore else {ref: _settled(current.get(ref), body) for ref, body in entries.items()}
        changed = changes(current, given)
        result = overlaid(content, [(one.ref, one.after) for one in changed if not _is_lost_danger(one)])
        problems = problems_of(changed, content, result, newsroom.base, newsroom.clock().date())
        if not restore:
            problems += await asyncio.to_thread(wrong_examples, changed, {**current, **given}, newsroom.served.assess)
        if problems:
            raise ImportRefused(problems)
        blocking = await asyncio.to_thread(new_findings, changed, content, result, newsroom.words)
        steps = steps_of(newsroom, history, result) if restore else {}
        known = {one.ref for one in changed}
        same = [EntryChange(ref, current[ref], current[ref]) for ref in steps if ref not in known]
        ready = [self._ready(one, result, restore=restore) for one in (*changed, *same)]
        return Plan(tuple(ready), self._readings(current, entries, worker), tuple(blocking), newest, steps)

    def _readings(self, current: Entries, entries: Entries, worker: str) -> tuple[Reading, ...]:
        now = self._newsroom.clock()
        return tuple(
            _reading(ref, item, worker, now)
            for ref, body in entries.items()
            for item in new_readings(current.get(ref), body)
        )

    def _ready(self, one: EntryChange, result: Content, *, restore: bool) -> EntryChange:
        """As it will be kept: linked to the Dutch text of the result, and without readings, which have rows."""
        body = one.after
        if not restore and not same_text(one.before, body):
            body = stamped(body, result)
        if isinstance(body, Answer):
            file = self._newsroom.base.answers.get((body.key, body.language))
            body = replace(body, tested_with=file.tested_with if file else ())
        # What the file says of danger waits for a second person: until then it is said as it is served now.
        either = (self._newsroom.served.content, result)
        in_danger = any(user.kind in BY_TWO for content in either for user in used_by(content, one.ref))
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


def _reading(ref: Ref, item: Mapping[str, str], worker: str, now: datetime) -> Reading:
    understood = item.get("understood", "").casefold() in {"yes", "true", "ja"}
    group, word, at = item.get("group", ""), item.get("word", ""), _at(item.get("on", ""), now)
    return Reading(ref.key, ref.language, group, understood, word, worker, at)


def _at(day: str, now: datetime) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(12), UTC)
    except ValueError:
        return now
