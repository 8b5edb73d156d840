"""All content as entries: what is served now, what teaches it, what was taken away, and how Dutch texts changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.content import Answer
from bot.core.entry import Body, Kind, Ref
from bot.core.language import SOURCE
from bot.core.overlay import entries_of
from bot.core.revision import Revision
from bot.core.source_change import History, SourceChange, by_key, history_of
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import print_of


async def exported(newsroom: Newsroom) -> dict[Ref, Body | None]:
    """Every entry; None for one of the files that an editor removed."""
    found: dict[Ref, Body | None] = {ref: _ordered(body) for ref, body in entries_of(newsroom.served.content).items()}
    base = entries_of(newsroom.base)
    for revision in await newsroom.store.published():
        if revision.ref.kind is Kind.EXAMPLES:
            if revision.body is not None:
                found[revision.ref] = revision.body
        elif revision.body is None and revision.ref in base:
            found.setdefault(revision.ref, None)
    return found


async def source_history(newsroom: Newsroom) -> dict[str, tuple[SourceChange, ...]]:
    """How every Dutch answer changed that was published here, with what the files remember of it; by key."""
    published = by_key(await newsroom.store.source_changes())
    return {key: _history(newsroom, key, revisions) for key, revisions in published.items()}


async def whole_history(newsroom: Newsroom) -> History:
    """The same of every Dutch answer that is there, and of those of which only the files remember something."""
    told = {key: _history(newsroom, key, ()) for key in newsroom.base.changes} | await source_history(newsroom)
    answers = newsroom.served.content.answers
    return {key: changes for key, changes in told.items() if changes and (key, SOURCE) in answers}


def _history(newsroom: Newsroom, key: str, revisions: Iterable[Revision]) -> tuple[SourceChange, ...]:
    base = newsroom.base
    return history_of(print_of(base.answers.get((key, SOURCE))), base.changes.get(key, ()), revisions)


def _ordered(body: Body) -> Body:
    """Readings by day and group: in which order they came is not kept elsewhere."""
    if not isinstance(body, Answer) or not body.tested_with:
        return body
    return replace(body, tested_with=tuple(sorted(body.tested_with, key=_day_and_group)))


def _day_and_group(item: Mapping[str, str]) -> tuple[str, ...]:
    return (item.get("on", ""), item.get("group", ""), *sorted(f"{name}={value}" for name, value in item.items()))
