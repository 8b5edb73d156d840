"""What happened to an answer while somebody wrote: what was published, and what the Dutch text became."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.content import Answer
from bot.core.drift import source_hash
from bot.core.entry import Body, Kind, Ref
from bot.core.entry_in import entry_in
from bot.core.language import SOURCE
from bot.desk.content.answers.answer_form import Typed
from bot.desk.content.differences import PartDifference, differences
from bot.desk.desk import Desk
from bot.services.editing.sheet import Sheet


async def missed(desk: Desk, answer: Answer, source: Answer | None) -> Sequence[PartDifference]:
    """What changed in the Dutch text since this translation was made of it, as far as that version is known."""
    if source is None or not answer.translates:
        return ()
    ref = Ref(Kind.ANSWER, source.key, SOURCE)
    for revision in await desk.store.revisions(ref):
        if revision.print == answer.translates:
            return differences(revision.body, source)
    file = _in_files(desk, ref)
    known = isinstance(file, Answer) and source_hash(file) == answer.translates
    return differences(file, source) if known else ()


async def meanwhile(desk: Desk, sheet: Sheet, typed: Typed) -> Sequence[PartDifference]:
    """What others published since the draft was begun; where that version is not known, against the draft itself."""
    if typed.base == sheet.base:
        return ()
    if not typed.base:
        return differences(_in_files(desk, sheet.ref) or typed.answer, sheet.current)
    before = await desk.store.revision(typed.base)
    return differences(before.body if before else typed.answer, sheet.current)


def _in_files(desk: Desk, ref: Ref) -> Body | None:
    """The entry as the files have it, if the desk was given their texts."""
    return entry_in(desk.base, ref) if desk.base is not None else None
