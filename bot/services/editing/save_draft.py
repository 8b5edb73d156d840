"""A draft kept at every pause in typing."""

from __future__ import annotations

from bot.core.entry import Body, Ref
from bot.core.revision import Change, Draft, Override, Stage
from bot.core.team import Worker
from bot.services.editing.editor_rights import must_edit
from bot.services.editing.entry_fit import must_be_kept
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import told


class SaveDraft:
    """See `editing.Save`."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    async def __call__(
        self,
        worker: Worker,
        ref: Ref,
        body: Body | None,
        *,
        base: int,
        seen: int,
        change: Change = Change.MEANING,
        note: str = "",
        machine: bool = False,
        overrides: tuple[Override, ...] = (),
    ) -> Draft:
        """The draft as kept. What a machine made stays so until `mark_read`, whatever is changed in it."""
        must_edit(worker)
        must_be_kept(ref, body)
        now = self._newsroom.clock()
        async with self._newsroom.store.unit() as unit:
            before = await unit.draft(ref, worker.id)
            by_machine = machine or (before is not None and before.machine)
            draft = Draft(
                ref, worker.id, body, base, now, seen + 1, Stage.DRAFT, change, note, by_machine, tuple(overrides)
            )
            await unit.keep_draft(draft, seen)
            await unit.audit(worker.id, _what(before), told(ref), now)
        return draft


def _what(before: Draft | None) -> str:
    if before is None:
        return "draft begun"
    return "draft taken back" if before.stage is Stage.IN_REVIEW else "draft saved"
