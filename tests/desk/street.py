"""A small neighbourhood behind the desk: two teams, four of the staff, six cases; real use cases, kept in memory."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
from starlette.applications import Starlette

from bot.core.answer import Voice
from bot.core.case import Author, Case, Event, How, Result, Said, State
from bot.core.content import Content
from bot.core.message import File, Kind
from bot.core.served import Served
from bot.core.team import Area, Role, Team, Template, Worker
from bot.core.triage import Flag
from bot.desk import Desk, routes
from bot.services.cases.office import Office
from bot.services.cases.staff_work import staff_work
from bot.services.live import Live
from bot.services.translate import Translate
from tests.builders import NOON
from tests.fake_cases import FakeStore

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40  # enough to be known as one
SAMIRA = Worker("samira", "samira@wijk.nl", "Samira", teams=("oost",), neighbourhood="Oost")
JAN = Worker("jan", "jan@wijk.nl", "Jan", teams=("oost",), neighbourhood="Oost", language="en")
FATMA = Worker("fatma", "fatma@wijk.nl", "Fatma", frozenset({Role.WORKER, Role.COORDINATOR}), ("oost",))
WIM = Worker("wim", "wim@wijk.nl", "Wim", teams=("west",))
EVA = Worker("eva", "eva@wijk.nl", "Eva", frozenset({Role.EDITOR}), ("oost",))


class MemoryFiles:
    """Files by their id; "away" cannot be had now."""

    def __init__(self) -> None:
        self.kept = {"photo": JPEG, "page": b"<html><script>alert(1)</script>"}

    async def keep(self, data: bytes, kind: Kind, name: str) -> File:
        self.kept[name] = data
        return File("web", name, kind, len(data), name)

    async def open(self, file: File) -> bytes | None:
        return self.kept.get(file.id)

    async def wipe(self, file: File) -> None:
        self.kept.pop(file.id, None)


@dataclass
class Street:
    """Everything together; `now` is the clock, `case` adds a case."""

    content: Content
    now: datetime = NOON
    store: FakeStore = field(default_factory=FakeStore)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    nudged: list[str] = field(default_factory=list)
    real_time: bool = False

    def __post_init__(self) -> None:
        self.live = Live(self.nudged.append)
        office = Office(self.store, self.clock, self.live, Voice(Served(self.content)), iter_secrets().__next__)
        every = staff_work(office, Translate(None))
        work = replace(every.for_desk, reopen=every.reopen)
        self.desk = Desk(
            self.store,
            self.clock,
            Served(self.content),
            work,
            self.live,
            None,  # type: ignore[arg-type] - no content room here
            None,  # type: ignore[arg-type]
            files=self.files,
            serve_unreviewed=True,
        )
        self.app = Starlette(routes=routes(self.desk))
        self._people()

    def clock(self) -> datetime:
        return datetime.now(UTC) if self.real_time else self.now

    def case(self, case_id: str, words: str = "", minutes: float = 12, **more: object) -> Case:
        """A case that was opened so many minutes ago with these words."""
        at = self.clock() - timedelta(minutes=minutes)
        fields = {"team": "oost", "language": "nl", "resident": f"r-{case_id}", "area": "1094"} | more
        case = Case(case_id, opened_at=at, changed_at=at, resident_at=at, **fields)  # type: ignore[arg-type]
        self.store.rows.cases[case_id] = case
        self.store.rows.events[case_id] = [Event("opened", at)]
        if words:
            self.say(case_id, Said(Author.RESIDENT, words, case.language, at))
        return case

    def say(self, case_id: str, said: Said) -> int:
        number = self.store.rows.number()
        kept = Said(
            said.author, said.text, said.language, said.at, said.worker, said.translation, said.translator, said.file,
            number,
        )  # fmt: skip
        self.store.rows.said.setdefault(case_id, []).append(kept)
        return number

    def cookie(self, worker: Worker, case_id: str = "") -> str:
        """The token of a session that somebody opened just now."""
        token = f"token-{worker.id}-{case_id}"
        self.store.rows.sessions[token] = worker.id, self.clock() + timedelta(hours=1), case_id
        self.store.rows.used.pop(token, None)  # it is a new log-in
        return token

    def visit(self, worker: Worker, case_id: str = "") -> Visit:
        """A browser in which somebody is logged in."""
        return Visit(self, self.cookie(worker, case_id))

    def _people(self) -> None:
        rows = self.store.rows
        rows.teams = {"oost": Team("oost", "Team Oost"), "west": Team("west", "Team West")}
        rows.areas = {"1094": Area("1094", "Indische Buurt", "oost"), "1055": Area("1055", "Bos en Lommer", "west")}
        rows.workers = {one.id: one for one in (SAMIRA, JAN, FATMA, WIM, EVA)}
        texts = {
            "nl": "Dag, ik ben er morgen om tien uur weer.",
            "ar": "مرحبا، سأعود غدا الساعة العاشرة.",
            "en": "Hello, I am back tomorrow at ten.",
        }
        rows.templates = {
            "back": Template("back", "oost", "Morgen terug", texts),
            "west": Template("west", "west", "Van West", {"nl": "Groet uit West."}),
        }

    def furnish(self) -> None:
        """Six cases, one of each sort."""
        self.case("aaaaaa11", "Ik ben zo moe en ik weet niet meer wat ik moet doen.", 12, topic="low_mood")
        self.case("bbbbbb22", "Mijn man slaat mij.", 4, flag=Flag.VIOLENCE, topic="domestic_violence", area="1094")
        arabic = self.case(
            "cccccc33", minutes=95, topic="child_fever", language="ar", translator="LibreTranslate",
            state=State.CLAIMED, worker="samira", how=How.CALL, when="بعد الظهر",
        )  # fmt: skip
        at = arabic.opened_at
        self.say("cccccc33", Said(
            Author.RESIDENT, "ابني مريض منذ يومين ولا أعرف بمن أتصل.", "ar", at,
            translation="Mijn zoon is twee dagen ziek en ik weet niet wie ik moet bellen.", translator="LibreTranslate",
        ))  # fmt: skip
        self.say("cccccc33", Said(
            Author.WORKER, "Wat vervelend. Heeft hij koorts?", "nl", at + timedelta(minutes=9), "samira",
            "هذا مزعج. هل لديه حمى؟", "LibreTranslate",
        ))  # fmt: skip
        self.say("cccccc33", Said(
            Author.RESIDENT, "نعم، 39.", "ar", at + timedelta(minutes=11), translator="failed",
            file=File("web", "photo", Kind.PHOTO, 44, "thermometer.jpg"),
        ))  # fmt: skip
        self.say(
            "cccccc33", Said(Author.NOTE, "Moeder belt liever 's middags.", "nl", at + timedelta(minutes=14), "jan")
        )
        self.store.rows.phones["cccccc33"] = "+31 6 12345678"
        self.case("dddddd44", "Waar is de voedselbank?", 300, topic="food_bank", state=State.CLAIMED, worker="jan")
        self.case(
            "eeeeee55", "Dank u wel!", 3000, topic="loneliness", state=State.CLOSED, worker="samira",
            closed_at=self.clock() - timedelta(hours=5), result=Result.HELPED, helped=True,
        )  # fmt: skip
        self.case("ffffff66", "Een geheim van West.", 30, team="west", area="1055", topic="stress")


class Visit:
    """A browser without scripts, as the desk sees it."""

    def __init__(self, street: Street, token: str) -> None:
        self._csrf = hashlib.sha256(f"form:{token}".encode()).hexdigest()
        transport = httpx.ASGITransport(street.app)
        self._client = httpx.AsyncClient(
            transport=transport, base_url="http://desk", cookies={"desk": token}, headers={"Accept": "text/html"}
        )
        self.text = ""
        self.status = 0

    async def get(self, address: str, **params: str) -> httpx.Response:
        return self._keep(await self._client.get(address, params=params, follow_redirects=True))

    async def post(self, address: str, **fields: str) -> httpx.Response:
        body = {"csrf": self._csrf} | fields
        return self._keep(await self._client.post(address, data=body, follow_redirects=True))

    @property
    def words(self) -> str:
        """The words in the page's main part, as a person reads them."""
        main = self.text.partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&#39;", "'")

    def _keep(self, response: httpx.Response) -> httpx.Response:
        self.text, self.status = response.text, response.status_code
        return response


def iter_secrets() -> itertools.chain[str]:
    """Tokens that are easy to tell apart."""
    return itertools.chain(f"secret-{number}" for number in itertools.count())
