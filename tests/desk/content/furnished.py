"""The content room with its newsroom, two more people, and windows in which they fill in its forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from html.parser import HTMLParser

import httpx

from bot.core.team import Role, Worker
from bot.desk import routes
from bot.gateways.words import Words
from bot.services.editing.newsroom import Newsroom
from tests.desk.hall import STAFF, Browser, Hall, room_of

EVA, ROSA = (next(worker for worker in STAFF if worker.id == name) for name in ("eva", "rosa"))
ERIK = Worker("erik", "erik@wijk.nl", "Erik", frozenset({Role.EDITOR}), ())
REZA = Worker(
    "reza", "reza@wijk.nl", "Reza", frozenset({Role.REVIEWER}), (), languages=("nl", "tr"), fields=("language",)
)


def furnish(
    hall: Hall,
    *,
    four_eyes: bool = False,
    machine: Callable[[str, str, str], Awaitable[str]] | None = None,
    **more: object,
) -> Newsroom:
    """Puts a newsroom behind the desk of a hall; `more` is what its desk has otherwise."""
    desk = hall.desk
    newsroom = Newsroom(
        hall.store, hall.clock, desk.served, desk.content, Words(), lambda: "secret", four_eyes, machine
    )
    hall.desk = replace(desk, **(room_of(newsroom, hall.folder) | more))  # type: ignore[arg-type]
    hall.app.router.routes[:] = routes(hall.desk)
    return newsroom


async def invite(hall: Hall) -> None:
    """Two more people work here, and Rosa knows about medicine."""
    async with hall.store.unit() as unit:
        for worker in (ERIK, REZA, replace(ROSA, fields=("medical",))):
            await unit.keep_worker(worker)


class Window:
    """Fills in forms without scripts: every button sends all that stands in its form."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.address = ""  # of the page that is open
        self.response = httpx.Response(0)

    async def open(self, address: str, **query: str) -> Window:
        """A page of the room; an address that begins with /desk is taken as it is."""
        where = address if address.startswith("/desk") else f"/desk/content{address}"
        return self._keep(await self._browser.client.get(where, params=query or None))

    async def press(self, move: str = "", **typed: str | list[str]) -> Window:
        """Presses a button of the page's main form with some fields filled in otherwise."""
        named = {name.replace("__", "-"): value for name, value in typed.items()}
        return self._keep(await self.post(move, self.fields | named))

    async def post(self, move: str, fields: dict[str, str | list[str]]) -> httpx.Response:
        """Sends these fields, whatever stands on the page now."""
        return await self._browser.client.post(f"{self.address}/{move}".rstrip("/"), data=fields)

    async def send(self, action: str, upload: tuple[str, bytes] | None = None, **typed: str) -> Window:
        """Sends one form of the page, chosen by its address, with a file or without."""
        fields = {name: values for name, values in self._browser.forms[action].items() if name != "file" or not upload}
        data = {name: values[-1] for name, values in fields.items()} | typed
        sent = {"file": upload} if upload else None
        return self._keep(await self._browser.client.post(action, data=data, files=sent))

    def window(self) -> Window:
        """Another window of the same browser."""
        return Window(self._browser)

    @property
    def fields(self) -> dict[str, str | list[str]]:
        form = MainForm()
        form.feed(self.response.text)
        return dict(form.fields)

    @property
    def csrf(self) -> str:
        """What every form of the page carries."""
        return self._browser.forms["/desk/content/ask"]["csrf"][0]

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
        self._browser.response = self.response
        return self._browser.words

    def _keep(self, response: httpx.Response) -> Window:
        self.response = self._browser.response = response
        if response.request.method == "GET":  # a refused form is shown again at the address of its button
            self.address = response.url.path
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
