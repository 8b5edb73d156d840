"""Links of translators without an account: they work as long as who gave them may edit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.revision import TranslatorLink
from bot.core.team import Worker
from bot.services.content_ports import ContentReads
from bot.services.editing.editor_rights import may_edit
from bot.services.ports import Store, Unit


async def working_link(store: Store, token: str, now: datetime) -> TranslatorLink | None:
    """Whose link this is; None when it is unknown, ended or taken back, or its giver left or edits no more."""
    link = await store.translator_link(token, now)
    giver = await store.worker(link.worker) if link else None
    return link if giver is not None and may_edit(giver) else None


async def working_links(reads: ContentReads, workers: Iterable[Worker], now: datetime) -> list[TranslatorLink]:
    """All links that work, newest first."""
    givers = {worker.id for worker in workers if may_edit(worker)}
    return [link for link in await reads.translator_links(now) if link.worker in givers]


async def take_back_links(unit: Unit, giver: str, by: str, now: datetime) -> int:
    """Ends every link that somebody gave who leaves, with a row in the audit for each; returns how many."""
    links = [link for link in await unit.translator_links(now) if link.worker == giver]
    for link in links:
        await end_link(unit, link, by, now)
    return len(links)


async def end_link(unit: Unit, link: TranslatorLink, by: str, now: datetime) -> None:
    """Ends one; what came by it stays."""
    await unit.end_translator_link(link.id)
    await unit.audit(by, "took back translator link", f"{link.id} {link.language}", now)
