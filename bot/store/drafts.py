"""Drafts: one of each entry for every editor, changed only by who saw its last version."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, delete, select, update

from bot.core.entry import Ref
from bot.core.errors import DraftChanged
from bot.core.revision import Draft
from bot.store.content_records import draft_from, draft_values, is_ref, ref_values
from bot.store.content_tables import drafts
from bot.store.part import Part

_NEWEST_FIRST: Final = select(drafts).order_by(drafts.c.saved_at.desc(), drafts.c.author)


class DraftRows(Part):
    """See `services.content_ports.ContentReads` and `ContentWrites`."""

    async def draft(self, ref: Ref, author: str) -> Draft | None:
        """An editor's draft of an entry."""
        found = await self._drafts(_NEWEST_FIRST.where(_this(ref, author)))
        return found[0] if found else None

    async def drafts(self, ref: Ref | None = None) -> list[Draft]:
        """All drafts, or those of an entry, newest first."""
        return await self._drafts(_NEWEST_FIRST if ref is None else _NEWEST_FIRST.where(is_ref(drafts, ref)))

    async def keep_draft(self, draft: Draft, seen: int) -> None:
        """A new draft (`seen` 0) or a next version (`seen`: the version that its author saw).

        Raises DraftChanged when another version is kept, ValueError when `draft.version` is not `seen` + 1.
        """
        if draft.version != seen + 1:
            raise ValueError(f"version {draft.version} does not come after {seen}")
        kept = await (self._next_draft(draft, seen) if seen else self._first_draft(draft))
        if not kept:
            raise DraftChanged("You saved this text in another window a moment ago. Look at that version first.")

    async def drop_draft(self, ref: Ref, author: str) -> None:
        """The draft is published or thrown away."""
        await self._connection.execute(delete(drafts).where(_this(ref, author)))

    async def _first_draft(self, draft: Draft) -> bool:
        row = ref_values(draft.ref) | {"author": draft.author} | draft_values(draft)
        statement = self._insert(drafts).values(row).on_conflict_do_nothing().returning(drafts.c.version)
        return (await self._connection.execute(statement)).first() is not None

    async def _next_draft(self, draft: Draft, seen: int) -> bool:
        unchanged = and_(_this(draft.ref, draft.author), drafts.c.version == seen)
        statement = update(drafts).where(unchanged).values(draft_values(draft))
        return (await self._connection.execute(statement)).rowcount > 0

    async def _drafts(self, query: Select[*tuple[Any, ...]]) -> list[Draft]:
        return [draft_from(row) for row in await self._connection.execute(query)]


def _this(ref: Ref, author: str) -> ColumnElement[bool]:
    return and_(is_ref(drafts, ref), drafts.c.author == author)
