"""Revisions: what was published, added one after the other and never changed or erased."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Select, func, literal, select

from bot.core.entry import Kind, Ref
from bot.core.errors import EntryChanged
from bot.core.language import SOURCE
from bot.core.revision import Revision
from bot.store.content_records import is_ref, revision_from, revision_values
from bot.store.content_tables import is_live, models, revisions
from bot.store.part import Part

_PUBLISHING: Final = 0x7075626C  # the number of a lock; any of our own: "publ"
_MARKS: Final = select(
    select(func.coalesce(func.max(revisions.c.id), 0)).scalar_subquery(),
    select(models.c.id).where(is_live).scalar_subquery(),
)
_NEWEST: Final = select(func.max(revisions.c.id)).group_by(revisions.c.kind, revisions.c.key, revisions.c.language)


class RevisionRows(Part):
    """See `services.content_ports.ContentReads` and `ContentWrites`."""

    async def marks(self) -> tuple[int, str]:
        """(id of the newest revision, 0 if none; id of the live model, "" if none), in one statement."""
        newest, live = (await self._connection.execute(_MARKS)).one()
        return newest, live or ""

    async def published(self) -> list[Revision]:
        """The newest revision of every entry that has one, removals included."""
        return await self._revisions(select(revisions).where(revisions.c.id.in_(_NEWEST)).order_by(revisions.c.id))

    async def revision(self, revision_id: int) -> Revision | None:
        """One revision."""
        found = await self._revisions(select(revisions).where(revisions.c.id == revision_id))
        return found[0] if found else None

    async def revisions(self, ref: Ref) -> list[Revision]:
        """All revisions of an entry, newest first."""
        return await self._revisions(
            select(revisions).where(is_ref(revisions, ref)).order_by(revisions.c.id.desc()),
        )

    async def source_changes(self) -> list[Revision]:
        """All revisions of Dutch answers, oldest first."""
        of_source = (revisions.c.kind == Kind.ANSWER.value, revisions.c.language == SOURCE)
        return await self._revisions(select(revisions).where(*of_source).order_by(revisions.c.id))

    async def publish(self, revision: Revision) -> Revision:
        """Keeps a revision and gives it its id.

        Raises EntryChanged when the newest revision of the entry is not `revision.base`.
        """
        # Who watches for the newest id would miss a lower one that is committed later.
        await self._alone(_PUBLISHING)
        newest = select(func.coalesce(func.max(revisions.c.id), 0)).where(is_ref(revisions, revision.ref))
        values = revision_values(revision)
        row = select(*(literal(value, revisions.c[name].type) for name, value in values.items()))
        statement = (
            self._insert(revisions)
            .from_select(list(values), row.where(newest.scalar_subquery() == revision.base))
            .on_conflict_do_nothing()
            .returning(revisions.c.id)
        )
        revision_id = (await self._connection.execute(statement)).scalar()
        if revision_id is None:
            raise EntryChanged("Somebody published another version of this text meanwhile. Look at it first.")
        return replace(revision, id=revision_id)

    async def _revisions(self, query: Select[*tuple[Any, ...]]) -> list[Revision]:
        return [revision_from(row) for row in await self._connection.execute(query)]
