"""Links for translators without an account; only a hash of the secret is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select

from bot.core.revision import TranslatorLink
from bot.store.content_tables import translator_links
from bot.store.part import Part

_NEWEST_FIRST: Final = select(translator_links).order_by(translator_links.c.ends_at.desc(), translator_links.c.id)


class TranslatorLinkRows(Part):
    """See `services.content_ports.ContentReads` and `ContentWrites`."""

    async def translator_link(self, token: str, now: datetime) -> TranslatorLink | None:
        """Whose link this is; None when it is unknown, ended or taken back. It may be used again and again."""
        this = (translator_links.c.token_hash == self._link_hash(token), translator_links.c.ends_at > now)
        row = (await self._connection.execute(select(translator_links).where(*this))).first()
        return _link(row) if row else None

    async def translator_links(self, now: datetime) -> list[TranslatorLink]:
        """All links that still work, newest first."""
        rows = await self._connection.execute(_NEWEST_FIRST.where(translator_links.c.ends_at > now))
        return [_link(row) for row in rows]

    async def give_translator_link(self, link: TranslatorLink, token: str) -> None:
        """A link; only a hash of the token is kept."""
        row = {
            "id": link.id,
            "token_hash": self._link_hash(token),
            "language": link.language,
            "name": link.name,
            "worker_id": link.worker,
            "ends_at": link.ends_at,
        }
        await self._connection.execute(insert(translator_links).values(row))

    async def end_translator_link(self, link_id: str) -> None:
        """The link works no more, and nothing of it is kept."""
        await self._connection.execute(delete(translator_links).where(translator_links.c.id == link_id))

    def _link_hash(self, token: str) -> str:
        return self._vault.fingerprint(f"translator:{token}")


def _link(row: Row[*tuple[Any, ...]]) -> TranslatorLink:
    return TranslatorLink(row.id, row.language, row.name, row.worker_id, row.ends_at)
