"""How Dutch answers changed before they were lost: kept again with them, so that translations stand as they stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.language import SOURCE
from bot.core.revision import Revision
from bot.core.source_change import History, SourceChange, to_keep
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import print_of, told
from bot.services.ports import Unit

Steps = Mapping[Ref, Sequence[SourceChange]]


def steps_of(newsroom: Newsroom, history: History, result: Content) -> Steps:
    """Of each Dutch answer of the result the changes that an empty database must keep beside the files."""
    base, now = newsroom.base, newsroom.clock()
    found = {
        Ref(Kind.ANSWER, key, SOURCE): to_keep(
            print_of(base.answers.get((key, SOURCE))), base.changes.get(key, ()), changes, now
        )
        for key, changes in history.items()
        if (key, SOURCE) in result.answers
    }
    return {ref: steps for ref, steps in found.items() if steps}


async def keep_with_history(unit: Unit, revision: Revision, steps: Sequence[SourceChange]) -> None:
    """Keeps a Dutch answer, each step before it as a revision of its own, with a row in the audit for them all.

    The words of older versions are in no file: every revision has those of the last.
    """
    if steps[-1].print != revision.print:
        steps = (*steps, SourceChange("", revision.print, revision.change, revision.at))
    base = revision.base
    for step in steps:
        at = step.at or revision.at
        kept = await unit.publish(replace(revision, base=base, at=at, change=step.change, print=step.print))
        base = kept.id
    await unit.audit(revision.approver, "imported", told(revision.ref), revision.at)
