"""What the Dutch text became since a translation of it was made."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.content import Answer
from bot.core.drift import is_own_text, source_hash
from bot.core.entry import Kind, Ref
from bot.core.entry_in import entry_in
from bot.core.language import SOURCE
from bot.desk.content.differences import PartDifference, differences
from bot.desk.desk import Desk


async def missed(desk: Desk, answer: Answer, source: Answer | None) -> Sequence[PartDifference]:
    """What changed in the Dutch text since this translation was made of it, as far as that version is known."""
    if source is None or not answer.translates:
        return ()
    ref = Ref(Kind.ANSWER, source.key, SOURCE)
    for revision in await desk.store.revisions(ref):
        if revision.print == answer.translates and is_own_text(revision):
            return differences(revision.body, source)
    file = entry_in(desk.base, ref) if desk.base is not None else None
    known = isinstance(file, Answer) and source_hash(file) == answer.translates
    return differences(file, source) if known else ()
