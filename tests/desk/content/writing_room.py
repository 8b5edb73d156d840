"""The editor of an answer with a real newsroom on a real database, and what its form would send."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import httpx
from starlette.routing import Mount

from bot.core.answer import Voice
from bot.core.content import Answer
from bot.core.entry import Kind, Ref
from bot.core.errors import TranslationFailed
from bot.core.revision import Draft
from bot.core.team import Role, Worker
from bot.desk import routes
from bot.desk.content.answers import answer_moves, answer_page
from bot.gateways.words import Words
from bot.services.editing import editing_of
from bot.services.editing.newsroom import Newsroom
from tests.desk.hall import STAFF, Browser, Hall

ADDRESS = "/desk/content/answers"
EVA, ROSA = (next(worker for worker in STAFF if worker.id == name) for name in ("eva", "rosa"))
ERIK = Worker("erik", "erik@wijk.nl", "Erik", frozenset({Role.EDITOR}), ())
REZA = Worker(
    "reza", "reza@wijk.nl", "Reza", frozenset({Role.REVIEWER}), (), languages=("nl", "tr"), fields=("language",)
)


class Machine:
    """Translates by writing the language before the text; says nothing when it is broken."""

    broken = False

    async def __call__(self, text: str, source: str, target: str) -> str:
        if self.broken:
            raise TranslationFailed("it hangs")
        return f"[{target}] {text}"


@dataclass
class WritingRoom:
    """The desk, its newsroom, and what is served now."""

    hall: Hall
    newsroom: Newsroom
    machine: Machine
    browsers: dict[str, Browser] = field(default_factory=dict)

    async def desk_of(self, name: str) -> EditDesk:
        """A browser in which an editor is logged in."""
        if name not in self.browsers:
            self.browsers[name] = await self.hall.visitor(name)
        return EditDesk(self.browsers[name])

    async def draft(self, name: str, language: str = "nl", key: str = "utter_flu_jab") -> Draft | None:
        return await self.hall.store.draft(Ref(Kind.ANSWER, key, language), name)

    def says(self, language: str = "nl", topic: str = "flu_jab") -> str:
        """What a resident reads now."""
        return Voice(self.newsroom.served).answer(topic, language).text

    def answer(self, language: str = "nl", key: str = "utter_flu_jab") -> Answer:
        return self.newsroom.served.content.answers[key, language]


class EditDesk:
    """A window in which an editor fills in the form without scripts: every button sends all that stands in it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.address = ""
        self.response = httpx.Response(0)

    async def open(self, language: str = "nl", key: str = "utter_flu_jab", **query: str) -> EditDesk:
        self.address = f"{ADDRESS}/{key}/{language}"
        return self._keep(await self._browser.client.get(self.address, params=query))

    async def press(self, move: str = "", **typed: str | list[str]) -> EditDesk:
        """Presses a button of the form with some fields filled in otherwise."""
        named = {name.replace("__", "-"): value for name, value in typed.items()}
        return self._keep(await self.send(move, self.fields | named))

    async def send(self, move: str, fields: dict[str, str | list[str]]) -> httpx.Response:
        """Sends these fields, whatever stands on the page now."""
        address = f"{self.address}/{move}".rstrip("/")
        return await self._browser.client.post(address, data=fields)

    @property
    def fields(self) -> dict[str, str | list[str]]:
        form = EditForm()
        form.feed(self.response.text)
        return dict(form.fields)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def words(self) -> str:
        self._browser.response = self.response
        return self._browser.words

    def _keep(self, response: httpx.Response) -> EditDesk:
        self.response = response
        return self


class EditForm(HTMLParser):
    """What the page's main form would send: hidden and typed fields, ticks and choices."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside, self._name, self._chosen = False, "", False

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
            self._name, self._chosen = name, False
            self.fields.setdefault(name, []).append("")
        if tag == "option" and self._name and ("selected" in given or not self._chosen):
            self.fields[self._name][-1], self._chosen = value, True

    def handle_data(self, data: str) -> None:
        if self._inside and self._name and self.lasttag == "textarea":
            self.fields[self._name][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag in {"textarea", "select"}:
            self._name = ""


async def open_room(hall: Hall, *, four_eyes: bool = False, unread_too: bool = True) -> WritingRoom:
    """The desk of a hall with a newsroom, where two more people work."""
    base, machine = hall.desk.content, Machine()
    newsroom = Newsroom(hall.store, hall.clock, hall.desk.served, base, Words(), lambda: "secret", four_eyes, machine)
    async with hall.store.unit() as unit:
        for worker in (ERIK, REZA):
            await unit.keep_worker(worker)
        await unit.keep_worker(replace(ROSA, fields=("medical",)))
    hall.desk = replace(hall.desk, editing=editing_of(newsroom), serve_unreviewed=unread_too)
    hall.app.router.routes[:] = routes(hall.desk)
    mount = next(route for route in hall.app.routes if isinstance(route, Mount))
    known = {(route.path, *route.methods) for route in mount.routes if hasattr(route, "methods")}  # type: ignore[attr-defined]
    mine = [*answer_page.routes(hall.desk), *answer_moves.routes(hall.desk)]
    mount.app.router.routes += [route for route in mine if (route.path, *route.methods) not in known]  # type: ignore[attr-defined,misc]
    return WritingRoom(hall, newsroom, machine)
