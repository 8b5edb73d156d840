"""Ready-made messages of all teams that came with the files, where social workers find them: in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.core.entry import Kind
from bot.core.team import Template
from bot.services.editing.newsroom import Newsroom


async def settle_ready(newsroom: Newsroom, spared: str) -> int:
    """Makes the messages of all teams those that are served; returns how many changed.

    Call it at the start, after a first refresh. Ids that begin with `spared` are the demonstration's own, and a team's
    message is its coordinators': neither is touched.
    """
    store = newsroom.store
    rows = {one.id: one for one in await store.templates()}
    of_desk = {one.ref.key for one in await store.published() if one.ref.kind is Kind.TEMPLATE and one.body}
    served = newsroom.served.content.ready
    new = _new({key: Template(key, "", name, dict(texts)) for key, (name, texts) in served.items()}, rows)
    gone = [key for key in _lost(rows, {*served, *of_desk}) if not key.startswith(spared)]
    if new or gone:
        async with store.unit() as unit:
            for template in new:
                await unit.keep_template(template)
            for key in gone:
                await unit.remove_template(key)
    return len(new) + len(gone)


def _new(wanted: Mapping[str, Template], rows: Mapping[str, Template]) -> list[Template]:
    """What is not there yet, or says something else."""
    free = [one for key, one in wanted.items() if key not in rows or not rows[key].team]
    return [one for one in free if one != rows.get(one.id)]


def _lost(rows: Mapping[str, Template], known: Collection[str]) -> list[str]:
    """Those of all teams that nothing names any more."""
    return [key for key, row in rows.items() if not row.team and key not in known]
