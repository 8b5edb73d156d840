"""What the page of every text shows, whatever its form: its state, what the rules say, and what colleagues did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.entry import Ref
from bot.core.entry_in import entry_in
from bot.core.revision import Stage
from bot.core.team import Worker
from bot.desk.content.differences import PartDifference, differences
from bot.desk.content.drafts import author_names
from bot.desk.content.entry_names import by_link
from bot.desk.content.writing.checked import Checked
from bot.desk.content.writing.typed import Typed
from bot.desk.desk import Desk
from bot.desk.words import words
from bot.services.editing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class WritingView:
    """One page. `typed` is what stands in the form, `checked` what the rules say of it; `names` are of authors by id.

    `conflict`: the same editor saved `sheet.draft` elsewhere; `meanwhile` is what was published since the draft was
    begun; `problems` are why something was not done.
    """

    address: str
    sheet: Sheet
    typed: Typed
    checked: Checked
    names: Callable[[str], str]
    meanwhile: Sequence[PartDifference]
    conflict: Sequence[PartDifference] | None
    may_review: bool
    may_publish: bool
    problems: Sequence[str]

    @property
    def ref(self) -> Ref:
        """Which text."""
        return self.sheet.ref

    @property
    def removal(self) -> bool:
        """Does the draft take the text away?"""
        return self.sheet.draft is not None and self.sheet.draft.body is None

    @property
    def overtaken(self) -> bool:
        """Was another text published since this one was begun?"""
        return self.sheet.overtaken or self.typed.base != self.sheet.base

    @property
    def returned(self) -> str:
        """What a reviewer wrote when they gave the draft back, or ""."""
        draft = self.sheet.draft
        return draft.note if draft and draft.stage is Stage.DRAFT else ""


async def names_of(desk: Desk, worker: Worker) -> Callable[[str], str]:
    """What authors are called on the screen of `worker`."""
    t = words(worker.language)
    known = author_names(await desk.store.workers(), t)
    return lambda author: t("A translator (by link)") if by_link(author) else known(author)


async def meanwhile_of(desk: Desk, sheet: Sheet, typed: Typed) -> Sequence[PartDifference]:
    """What others published since the draft was begun; where that version is not known, against the draft itself."""
    if typed.base == sheet.base:
        return ()
    if not typed.base:
        file = entry_in(desk.base, sheet.ref) if desk.base is not None else None
        return differences(file or typed.body, sheet.current)
    before = await desk.store.revision(typed.base)
    return differences(before.body if before else typed.body, sheet.current)
