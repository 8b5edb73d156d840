"""The pages for all that is no answer, with a real newsroom, real files out and in, and a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html.parser import HTMLParser

import httpx
from starlette.routing import Mount

from bot.core.answer import Voice
from bot.core.content import Content
from bot.core.entry import Ref
from bot.core.revision import Draft
from bot.core.team import Role, Worker
from bot.desk import routes
from bot.desk.content import read_with
from bot.desk.content.entries import danger, entry_moves, entry_page, facts, templates_room, words
from bot.desk.content.exchange import files, guest, translators
from bot.gateways.content_out import from_file, to_xlsx, to_yaml
from bot.gateways.words import Words
from bot.services.editing import editing_of
from bot.services.editing.exchange import exchange_of
from bot.services.editing.newsroom import Newsroom
from tests.desk.hall import STAFF, Browser, Hall

PAGES = (danger, entry_moves, entry_page, facts, files, guest, read_with, templates_room, translators, words)
EVA, ROSA = (next(worker for worker in STAFF if worker.id == name) for name in ("eva", "rosa"))
ERIK = Worker("erik", "erik@wijk.nl", "Erik", frozenset({Role.EDITOR}), ())
REZA = Worker(
    "reza", "reza@wijk.nl", "Reza", frozenset({Role.REVIEWER}), (), languages=("nl", "tr"), fields=("language",)
)


@dataclass
class EntriesRoom:
    """The desk, its newsroom, and what is served now."""

    hall: Hall
    newsroom: Newsroom

    async def desk_of(self, name: str) -> EntryDesk:
        """A browser in which somebody is logged in."""
        return EntryDesk(await self.hall.visitor(name))

    def stranger(self) -> EntryDesk:
        """A browser that was never here."""
        return EntryDesk(self.hall.browser())

    async def draft(self, ref: Ref, name: str = "eva") -> Draft | None:
        return await self.hall.store.draft(ref, name)

    def says(self, topic: str = "flu_jab", language: str = "nl") -> str:
        """What a resident reads now."""
        return Voice(self.newsroom.served).answer(topic, language).text

    @property
    def content(self) -> Content:
        return self.newsroom.served.content

    async def audit(self) -> list[str]:
        """What was done, oldest first."""
        async with self.hall.store._engine.connect() as connection:
            rows = await connection.exec_driver_sql("select what from audit")
            return [row[0] for row in rows]


class EntryDesk:
    """Fills in forms without scripts: every button sends all that stands in its form."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.response = httpx.Response(0)

    async def open(self, address: str, **query: str) -> EntryDesk:
        """A page of the room; an address that begins with /desk is taken as it is."""
        where = address if address.startswith("/desk") else f"/desk/content{address}"
        return self._keep(await self._browser.client.get(where, params=query or None))

    async def press(self, move: str = "", **typed: str | list[str]) -> EntryDesk:
        """Presses a button of the page's main form with some fields filled in otherwise."""
        named = {name.replace("__", "-"): value for name, value in typed.items()}
        address = f"{self.response.url.path}/{move}".rstrip("/")
        return self._keep(await self._browser.client.post(address, data=self.fields | named))

    async def send(self, action: str, upload: tuple[str, bytes] | None = None, **typed: str) -> EntryDesk:
        """Sends one form of the page, chosen by its address, with a file or without."""
        fields = {
            name: values for name, values in self._browser_forms()[action].items() if name != "file" or not upload
        }
        data = {name: values[-1] for name, values in fields.items()} | typed
        sent = {"file": upload} if upload else None
        return self._keep(await self._browser.client.post(action, data=data, files=sent))

    def window(self) -> EntryDesk:
        """Another window of the same browser."""
        return EntryDesk(self._browser)

    @property
    def fields(self) -> dict[str, str | list[str]]:
        form = MainForm()
        form.feed(self.response.text)
        return dict(form.fields)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def at(self) -> str:
        return self.response.url.path

    @property
    def words(self) -> str:
        return self._browser.words

    def _browser_forms(self) -> dict[str, dict[str, list[str]]]:
        return self._browser.forms

    def _keep(self, response: httpx.Response) -> EntryDesk:
        self.response = self._browser.response = response
        return self


class MainForm(HTMLParser):
    """What the page's main form would send: hidden and typed fields, ticks and choices."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside, self._name, self._chosen, self._first = False, "", False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._inside = given.get("id") in {"edit", "judge"}
        if not self._inside:
            return
        if tag == "input" and name and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            self.fields.setdefault(name, []).append(value)
        if tag in {"textarea", "select"}:
            self._name, self._chosen, self._first = name, False, True
            self.fields.setdefault(name, []).append("")
        if tag == "option" and self._name and ("selected" in given or not self._chosen):
            self.fields[self._name][-1], self._chosen = value, True

    def handle_data(self, data: str) -> None:
        if self._inside and self._name and self.lasttag == "textarea":
            self.fields[self._name][-1] += data.removeprefix("\n") if self._first else data
            self._first = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag in {"textarea", "select"}:
            self._name = ""


async def open_room(hall: Hall, *, four_eyes: bool = False) -> EntriesRoom:
    """The desk of a hall with a newsroom, where two more people work."""
    newsroom = Newsroom(
        hall.store, hall.clock, hall.desk.served, hall.desk.content, Words(), lambda: "secret", four_eyes
    )
    async with hall.store.unit() as unit:
        for worker in (ERIK, REZA):
            await unit.keep_worker(worker)
        await unit.keep_worker(replace(ROSA, fields=("medical",)))
    editing = editing_of(newsroom)
    exchange = exchange_of(
        newsroom,
        editing.refresh,
        to_xlsx=lambda entries, only: to_xlsx(entries, only=only),
        to_yaml=to_yaml,
        read=from_file,
    )
    hall.desk = replace(hall.desk, editing=editing, exchange=exchange)
    hall.app.router.routes[:] = routes(hall.desk)
    mount = next(route for route in hall.app.routes if isinstance(route, Mount))
    known = {(route.path, *route.methods) for route in mount.routes if hasattr(route, "methods")}  # type: ignore[attr-defined]
    mine = [route for module in PAGES for route in module.routes(hall.desk)]
    mount.app.router.routes += [route for route in mine if (route.path, *(route.methods or ())) not in known]  # type: ignore[attr-defined]
    return EntriesRoom(hall, newsroom)
