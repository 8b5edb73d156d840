"""The desk on a real database, and browsers that fill in its forms as people do: only with what stands on the page."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import time
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pyotp
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from starlette.applications import Starlette

from bot.core.answer import Voice
from bot.core.case import Case
from bot.core.content import Content
from bot.core.served import Served
from bot.core.team import Area, Hours, Role, Span, Team, Template, Worker
from bot.desk import Desk, routes
from bot.gateways.content_out import from_file, to_xlsx, to_yaml
from bot.gateways.words import Words
from bot.services.cases.office import Office
from bot.services.cases.staff_work import staff_work
from bot.services.editing import editing_of
from bot.services.editing.exchange import exchange_of
from bot.services.editing.newsroom import Newsroom
from bot.services.live import Live
from bot.services.teaching import teaching_of
from bot.services.translate import Translate
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import Clock, FakeDialogue, responding
from tests.desk.content.trainers import Files, OneGroup, Swapping, Trainer

PASSWORD = "vier woorden op een rij"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
COORDINATOR = frozenset({Role.WORKER, Role.COORDINATOR})
TEAMS = (Team("oost", "Team Oost"), Team("west", "Team West"))
STAFF = (
    Worker("samira", "samira@wijk.nl", "Samira", teams=("oost",)),
    Worker("fatma", "fatma@wijk.nl", "Fatma", COORDINATOR, ("oost",)),
    Worker("wim", "wim@wijk.nl", "Wim", COORDINATOR, ("west",)),
    Worker("both", "both@wijk.nl", "Bo", teams=("oost", "west")),
    Worker("eva", "eva@wijk.nl", "Eva", frozenset({Role.EDITOR}), ()),
    Worker("rosa", "rosa@wijk.nl", "Rosa", frozenset({Role.REVIEWER}), (), language="en"),
)


@dataclass
class Moves:
    """Stands where cases of somebody who left are moved; remembers who that was."""

    of: list[str] = field(default_factory=list)

    async def __call__(self, worker_id: str) -> None:
        self.of.append(worker_id)


@dataclass
class Hall:
    """The desk with two teams and six people. Everybody's password is PASSWORD, and their app's secret is SECRET."""

    store: SqlStore
    clock: Clock
    desk: Desk
    moves: Moves
    folder: Path  # of the database and the models

    @cached_property
    def app(self) -> Starlette:
        return Starlette(routes=routes(self.desk))

    def browser(self, language: str = "nl", scheme: str = "http") -> Browser:
        """A browser that was never here."""
        return Browser(self, language, scheme)

    async def visitor(self, name: str, case: str = "") -> Browser:
        """A browser in which somebody is logged in."""
        browser = self.browser()
        token = f"token of {name} {case}".replace(" ", "-")
        async with self.store.unit() as unit:
            ends = self.clock.now.replace(year=2030)
            await unit.open_session(token, name, ends, case)
        browser.client.cookies.set("desk", token, path="/desk")
        return browser

    def code(self) -> str:
        """What the app on everybody's telephone shows now."""
        return pyotp.TOTP(SECRET).at(self.clock.now)

    async def give(self, token: str, purpose: str, worker: str, case: str = "", **lasts: float) -> None:
        """A single-use secret."""
        later = Clock(self.clock.now)
        later.move(**lasts)
        async with self.store.unit() as unit:
            await unit.give_token(token, purpose, worker, later.now, case)

    async def change(self, name: str, **changes: object) -> None:
        """Changes one of the staff."""
        worker = await self.store.worker(name)
        assert worker is not None
        async with self.store.unit() as unit:
            await unit.keep_worker(replace(worker, **changes))  # type: ignore[arg-type]

    async def log_in(self, name: str, language: str = "nl") -> Browser:
        """A browser in which somebody logged in by the form."""
        browser = self.browser(language)
        await browser.get("/desk/log-in")
        await browser.fill("/desk/log-in", email=f"{name}@wijk.nl", password=PASSWORD, code=self.code())
        return browser


class Forms(HTMLParser):
    """The forms of a page: address → hidden fields and what is filled in."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found, self._open = address, {}, None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "form":
            self._open = self.found.setdefault(given.get("action", self.address), {})
        if tag == "input" and self._open is not None and "name" in given:
            box = given.get("type") in {"checkbox", "radio"}
            if not box or "checked" in given:
                self._open.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


class Browser:
    """Follows links and fills in forms; runs no scripts."""

    def __init__(self, hall: Hall, language: str, scheme: str) -> None:
        self._hall = hall
        app = hall.app
        headers = {"Accept": "text/html", "Accept-Language": language}
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=f"{scheme}://desk", headers=headers, follow_redirects=True
        )
        self.response = httpx.Response(0)

    async def get(self, address: str) -> Browser:
        self.response = await self.client.get(address)
        return self

    async def fill(self, form: str, **fields: str | list[str]) -> Browser:
        """Sends a form of the page with some fields filled in otherwise."""
        self.response = await self.client.post(form, data=self.forms[form] | fields)
        return self

    @property
    def forms(self) -> dict[str, dict[str, list[str]]]:
        forms = Forms(self.response.url.path)
        forms.feed(self.response.text)
        return forms.found

    @property
    def at(self) -> str:
        return self.response.url.path

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def words(self) -> str:
        """The words in the page's main part, as a person reads them."""
        main = self.response.text.partition("<main")[2].partition("</main>")[0]
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", f"<main{main}")))


async def open_hall(folder: Path, content: Content, **more: object) -> Hall:
    """A desk in a folder of its own, furnished."""
    engine = open_engine(f"sqlite:///{folder / 'desk.db'}")
    await migrate(engine)
    store, clock, live, moves = SqlStore(engine, Vault((Fernet.generate_key().decode(),))), Clock(), Live(), Moves()
    office = Office(store, clock, live, Voice(Served(content)), secrets.token_hex)
    work = replace(staff_work(office, Translate(None)).for_desk, move_cases=moves)
    newsroom = Newsroom(store, clock, Served(content), content, Words(), secrets.token_hex)
    desk = Desk(store, clock, newsroom.served, work, live, **(room_of(newsroom, folder) | more))  # type: ignore[arg-type]
    await _furnish(store)
    return Hall(store, clock, desk, moves, folder)


def room_of(newsroom: Newsroom, folder: Path) -> dict[str, object]:
    """All that the content room needs; only the model and its training are scripts."""
    editing, model, trainer = editing_of(newsroom), Swapping(folder), Trainer(folder)
    respond = responding(newsroom.base, FakeDialogue({"wat kost de griepprik": "flu_jab"}))
    teaching = teaching_of(newsroom, respond, model, trainer, OneGroup(), Files(), "base", editing.refresh)
    exchange = exchange_of(
        newsroom,
        editing.refresh,
        to_xlsx=lambda entries, only: to_xlsx(entries, only=only),
        to_yaml=to_yaml,
        read=from_file,
    )
    return {"editing": editing, "teaching": teaching, "exchange": exchange, "base": newsroom.base}


@cache
def _kept() -> str:
    return PasswordHasher().hash(PASSWORD)


async def _furnish(store: SqlStore) -> None:
    kept = _kept()
    nine_to_five = tuple(Span(day, time(9), time(17)) for day in range(5))
    async with store.unit() as unit:
        for team in TEAMS:
            await unit.keep_team(replace(team, hours=Hours(nine_to_five)))
        await unit.keep_area(Area("8911", "Binnenstad", "oost"))
        await unit.keep_area(Area("8921", "Westeinde", "west"))
        await unit.keep_template(Template("hello", "oost", "Groet", {"nl": "Dag, ik ben er."}))
        await unit.keep_template(Template("west", "west", "Westgroet", {"nl": "Groet uit West."}))
        for worker in STAFF:
            await unit.keep_worker(worker)
            await unit.keep_credentials(worker.id, password_hash=kept, totp=SECRET)


def case_of(team: str, case_id: str = "c1", **more: object) -> Case:
    """A case of a team."""
    at = Clock().now
    return replace(Case(case_id, "", team, "nl", at, at), **more)  # type: ignore[arg-type]
