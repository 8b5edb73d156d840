"""What a form wrote: rows of every table before and after, and the rows of the audit that answer for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from sqlalchemy import select
from starlette.routing import Match

from bot.core.revision import TranslatorLink
from bot.store.schema import metadata
from tests.desk.content.entries_room import EntryDesk
from tests.desk.content.writing_room import open_room
from tests.desk.hall import Hall
from tests.desk.walk import desk_routes

LEFT_OUT = frozenset({"audit", "sessions"})
Rows = dict[tuple[str, ...], tuple[object, ...]]


@dataclass
class Ledger:
    """The desk of a hall, everybody's browsers, and what came of every form that they sent."""

    hall: Hall
    desks: dict[str, EntryDesk] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    async def desk_of(self, name: str) -> EntryDesk:
        """The browser of somebody; "" for one that was never here."""
        if name not in self.desks:
            browser = await self.hall.visitor(name) if name else self.hall.browser()
            browser.client.event_hooks = {"request": [self._note]}
            self.desks[name] = EntryDesk(browser)
        return self.desks[name]

    @asynccontextmanager
    async def writes(self, route: str, who: str, *expected: str) -> AsyncIterator[None]:
        """One form, sent to `route` by `who`: exactly these rows of audit, and each changed row is named by one."""
        before, audited = await self._rows(), await self._audit()
        self.sent.clear()
        yield
        assert self.sent == [route]
        new = (await self._audit())[len(audited) :]
        assert [what for _, what, _ in new] == list(expected)
        assert {by for by, _, _ in new} <= {who}
        after = await self._rows()
        changed = sorted({row for row in before.keys() | after.keys() if before.get(row) != after.get(row)})
        unnamed = [row for row in changed if not any(named(row, about) for _, _, about in new)]
        assert not unnamed, f"no row of the audit names {unnamed}: {new}"
        assert bool(changed) is bool(expected)

    async def link(self, token: str) -> None:
        """Gives a Turkish translator a link."""
        ends = self.hall.clock.now.replace(year=2030)
        async with self.hall.store.unit() as unit:
            await unit.give_translator_link(TranslatorLink("guest", "tr", "Ayşe", "eva", ends), token)

    async def _note(self, request: httpx.Request) -> None:
        if request.method == "POST":
            scope = {"type": "http", "method": "POST", "path": request.url.path.removeprefix("/desk"), "root_path": ""}
            routes = [one for one in desk_routes(self.hall) if one.matches(scope)[0] is Match.FULL]
            self.sent.append(routes[0].path)

    async def _rows(self) -> Rows:
        """What names a row → all that stands in it, of every table."""
        found: Rows = {}
        async with self.hall.store._engine.connect() as connection:
            for name, table in metadata.tables.items():
                if name not in LEFT_OUT:
                    keys = [column.name for column in table.primary_key]
                    for row in (await connection.execute(select(table))).mappings():
                        found[name, *self._names(name, dict(row)), *(str(row[key]) for key in keys)] = (*row.values(),)
        return found

    @staticmethod
    def _names(table: str, row: dict[str, object]) -> tuple[str, ...]:
        """By what the audit knows a row."""
        if table in {"drafts", "revisions"}:
            return (f"{row['kind']} {row['key']} {row['language']}".strip(),)
        if table == "readings":
            return (f"answer {row['key']} {row['language']}",)
        return (f"template {row['id']}" if table == "templates" else str(row.get("id", "")),)

    async def _audit(self) -> list[tuple[str, str, str]]:
        async with self.hall.store._engine.connect() as connection:
            rows = await connection.exec_driver_sql("select worker_id, what, about from audit order by id")
            return [(row[0], row[1], row[2]) for row in rows]


def named(row: tuple[str, ...], about: str) -> bool:
    """Does a row of the audit name this one, alone or among others?"""
    return f" {row[1]} " in f" {about} "


async def open_ledger(hall: Hall) -> Ledger:
    """The hall with two more people and a machine that translates."""
    await open_room(hall)
    return Ledger(hall)
