"""A process that lives through a whole case and is killed on the way; run by `test_kills.py`, never imported by it.

`python -m tests.killed_house FOLDER SHARE OF KILLS` lets one process live to the end, counts its moments (before or
after a transaction or a delivery), and takes its share of so many kills, spread evenly over them: each time a forked
process kills itself by SIGKILL at its n-th moment, is started again in the same folder, and may finish. The world
outside (who tapped what, what arrived where) is kept in files, not in the process. The answers are lines of JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import log
from bot.core.answer import Voice
from bot.core.case import State
from bot.core.case_phrases import Places
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.core.served import Served
from bot.core.team import Area, Hours, Role, Span, Team, Template, Worker
from bot.gateways.content_files import load_content
from bot.services.cases import cases_of
from bot.services.cases.office import Office
from bot.services.live import Live
from bot.services.translate import Translate
from bot.services.turns.ask_person import AskPerson
from bot.services.turns.conveyor import Conveyor
from bot.services.turns.deliver import Deliver
from bot.services.turns.respond import Respond
from bot.services.turns.take_turn import TakeTurn
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.unit import SqlUnit
from bot.store.vault import Vault
from tests.builders import FakeDialogue
from tests.services.street import Translator

KEY = "a2lsbGVkLWhvdXNlLWtleS1vZi0zMi1ieXRlcy1sb24="
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALWAYS = Hours(tuple(Span(day, time(0), time(23, 59)) for day in range(7)))
RESIDENT, SAMIRA, JAN = "1", "2", "3"
CODES = {SAMIRA: "s" * 22, JAN: "j" * 22}

# Who does what, in order. A tap names words of the button; a reply goes to the last message about the case.
STEPS: tuple[tuple[str, str, str], ...] = (
    (SAMIRA, "start", CODES[SAMIRA]),
    (JAN, "start", CODES[JAN]),
    (RESIDENT, "press", "l:en"),
    (RESIDENT, "press", "k:talk_to_person"),
    (RESIDENT, "type", "I cannot pay the rent"),
    (RESIDENT, "type", "8911"),
    (RESIDENT, "press", "c:send"),
    (RESIDENT, "press", "c:translate:yes"),
    (SAMIRA, "tap", "Ik pak deze op"),
    (SAMIRA, "reply", "Hoeveel is het?"),
    (RESIDENT, "type", "Six hundred"),
    (SAMIRA, "type", "Dit antwoordt op niets"),
    (SAMIRA, "tap", "Versturen naar"),
    (SAMIRA, "tap", "Notitie"),
    (SAMIRA, "type", "Belt liever niet."),
    (SAMIRA, "tap", "Standaardtekst"),
    (SAMIRA, "tap", "Groet"),
    (SAMIRA, "tap", "Versturen"),
    (SAMIRA, "tap", "Overdragen"),
    (SAMIRA, "tap", "Jan"),
    (JAN, "reply", "Ik neem het over."),
    (RESIDENT, "type", "Thank you"),
    (RESIDENT, "type", "And another thing"),
    (JAN, "tap", "Afsluiten"),
    (JAN, "tap", "Geholpen"),
    (RESIDENT, "press", "c:helped"),
)


class Moments:
    """Counts what happens to the process, and ends it at the n-th moment; `told` is where its last words go."""

    def __init__(self, last: int, told: Path) -> None:
        self._last, self._told, self.passed = last, told, 0

    def __call__(self, what: str) -> None:
        """One more moment is there."""
        self.passed += 1
        if self.passed == self._last:
            self._told.write_text(what, encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)


class MortalStore(SqlStore):
    """The real store, which dies before a transaction, just before its end, or right after it."""

    moments: Callable[[str], None]

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        self.moments("before a transaction")
        async with super().unit() as unit:
            yield unit
            self.moments("before a commit")
        self.moments("after a commit")


@dataclass(frozen=True)
class World:
    """What people did and what reached them, in two files that outlive every process."""

    folder: Path

    @property
    def arrived(self) -> list[dict[str, Any]]:
        """Every delivery: its number, the chat, the text, the buttons, the case."""
        return _lines(self.folder / "arrived.jsonl")

    @property
    def done(self) -> list[dict[str, Any]]:
        """Every step that a person took, as Telegram would deliver it until it is taken."""
        return _lines(self.folder / "done.jsonl")

    def note(self, name: str, line: dict[str, Any]) -> None:
        """One write: it is there, or it is not."""
        handle = os.open(self.folder / f"{name}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, (json.dumps(line) + "\n").encode())
        os.close(handle)


class Paper:
    """A channel that writes every message down; the message's id is its line."""

    name = "telegram"

    def __init__(self, world: World, moments: Callable[[str], None]) -> None:
        self._world, self._moments = world, moments

    async def deliver(self, chat: Chat, delivery_id: int, outgoing: Outgoing) -> Sequence[str]:
        """Accepts it; the process may die before, or before it can note that it was accepted."""
        self._moments("before a delivery")
        buttons = [(button.label, button.data) for row in outgoing.buttons for button in row]
        number = len(self._world.arrived)
        line = {"number": number, "id": delivery_id, "chat": chat.address, "key": outgoing.key, "case": outgoing.case}
        self._world.note("arrived", {**line, "text": outgoing.text, "buttons": buttons})
        self._moments("after a delivery")
        return [str(number)]

    async def show_typing(self, chat: Chat) -> None:
        """Nobody sees it."""


async def live(folder: Path, last: int, engine: AsyncEngine) -> None:
    """One life of the process: takes up what was left, and goes on with the case from where people are."""
    world, moments = World(folder), Moments(last, folder / "died.txt")
    store = MortalStore(engine, Vault((KEY,)))
    store.moments = moments
    conveyor = _conveyor(store, Paper(world, moments))
    await conveyor.recover()
    await conveyor.drain()
    for number in range(len(STEPS)):
        done = world.done
        if number == len(done):
            world.note("done", _step(world, *STEPS[number]))
            done = world.done
        raw = done[number]
        chat = Chat("telegram", raw["chat"])
        incoming = Incoming(chat, f"step {number}", Kind(raw["kind"]), NOON, **raw["more"])
        await conveyor.receive(incoming)
        await conveyor.drain()
    await conveyor.stop()
    await store.close()
    (folder / "moments.txt").write_text(str(moments.passed), encoding="ascii")


def _step(world: World, chat: str, act: str, what: str) -> dict[str, Any]:
    """What a person does next, with what they see on their telephone now."""
    seen = [line for line in world.arrived if line["chat"] == chat]
    match act:
        case "start":
            return {"chat": chat, "kind": "start", "more": {"payload": what}}
        case "press":
            return {"chat": chat, "kind": "button", "more": {"text": what}}
        case "tap":
            data = next(data for line in reversed(seen) for label, data in line["buttons"] if label.startswith(what))
            return {"chat": chat, "kind": "button", "more": {"text": data}}
        case "reply":
            to = next(str(line["number"]) for line in reversed(seen) if line["case"])
            return {"chat": chat, "kind": "text", "more": {"text": what, "reply_to": to}}
    return {"chat": chat, "kind": "text", "more": {"text": what}}


CONTENT = load_content(Path(__file__).parent.parent / "responses")
SERVED = Served(CONTENT)


def _conveyor(store: SqlStore, paper: Paper) -> Conveyor:
    async def places() -> Places:
        return Places(tuple(await store.areas()), tuple(await store.teams()), "oost")

    def clock() -> datetime:
        return NOON

    voice, dialogue = Voice(SERVED), FakeDialogue(languages={"en": 1.0})

    def nudge(chat_id: str) -> None:
        conveyor.nudge(chat_id)

    office = Office(store, clock, Live(nudge), voice, lambda: "secret")
    respond = Respond(voice, dialogue, AskPerson(voice, dialogue, places))
    take = TakeTurn(store, respond, clock, cases_of(office, Translate(Translator()), "oost"))
    conveyor = Conveyor(store, take, Deliver(store, {"telegram": paper}, clock), {"telegram": paper})
    return conveyor


async def furnish(engine: AsyncEngine) -> None:
    """The database as it is before anybody wrote."""
    store = SqlStore(engine, Vault((KEY,)))
    await migrate(engine)
    await store.check_keys()
    both = frozenset({Role.WORKER, Role.COORDINATOR})
    async with store.unit() as unit:
        await unit.keep_team(Team("oost", "Team Oost", ALWAYS, text_in_telegram=True))
        await unit.keep_area(Area("8911", "Binnenstad", "oost"))
        await unit.keep_template(Template("hello", "oost", "Groet", {"nl": "Dag, tot morgen.", "en": "See you."}))
        await unit.keep_worker(Worker("samira", "samira@wijk.nl", "Samira", teams=("oost",)))
        await unit.keep_worker(Worker("jan", "jan@wijk.nl", "Jan", both, ("oost",), on_duty=False))
        for chat, name in ((SAMIRA, "samira"), (JAN, "jan")):
            await unit.give_token(CODES[chat], "link", name, NOON + timedelta(minutes=15))
    await store.close()


def lived(folder: Path, last: int, engine: AsyncEngine) -> int:
    """The end of one life in a process of its own: 0, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(live(folder, last, engine))
        except BaseException as error:  # noqa: BLE001 - told to the test, whatever it is
            (folder / "error.txt").write_text(repr(error), encoding="utf-8")
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


async def look(engine: AsyncEngine) -> dict[str, Any]:
    """What stands in the database between two lives, or after the last one."""
    store = SqlStore(engine, Vault((KEY,)))
    cases = await store.cases(states=tuple(State))
    files = [await store.case_file(case.id) for case in cases]
    seen = {
        "cases": [asdict(case) for case in cases],
        "said": [[s.author, s.text, s.translation] for f in files if f for s in f.said],
        "log": [f"{e.what} {e.worker}".strip() for f in files if f for e in f.events],
        "inbox": len(await store.waiting_inbox()),
        "outbox": [d.id for who, _ in await store.waiting_residents() for d in await store.due_deliveries(who, NOON)],
    }
    await store.close()
    return seen


def main(folder: Path, share: int, of: int, kills: int) -> None:
    """Prints one JSON line for the process that is never killed, and one for every kill of this share."""
    log.configure("ERROR")
    now = folder / "now"  # leads to the folder of this kill, so that all can share an engine that knows its statements
    engine = open_engine(f"sqlite:///{now / 'house.db'}")
    _begin(folder, "start")
    asyncio.run(furnish(engine))
    whole = _story(folder, 0, engine)
    _print(whole)
    for number in range(share, kills, of):
        _print(_story(folder, 1 + number * (whole["moments"] - 2) // kills, engine))


def _story(folder: Path, last: int, engine: AsyncEngine) -> dict[str, Any]:
    """What came of a process that dies at this moment (0: never, and this very process) and of the one after it."""
    here = _begin(folder, f"moment-{last}")
    shutil.copy(folder / "start" / "house.db", here)
    if last == 0:
        asyncio.run(live(here, 0, engine))  # its engine knows every statement from now on
        ends = [0]
    else:
        ends = [lived(here, last, engine)]
    between = _looked(engine) | {"arrived": [line["id"] for line in World(here).arrived]}
    if ends[0] < 0:
        ends.append(lived(here, 0, engine))
    return {
        "moment": last,
        "ends": ends,
        "died": _read(here / "died.txt"),
        "error": _read(here / "error.txt"),
        "between": between,
        "after": _looked(engine),
        "arrived": World(here).arrived,
        "moments": int(_read(here / "moments.txt") or 0),
    }


def _begin(folder: Path, name: str) -> Path:
    here, now = folder / name, folder / "now"
    here.mkdir(parents=True)
    now.unlink(missing_ok=True)
    now.symlink_to(here)
    return here


def _looked(engine: AsyncEngine) -> dict[str, Any]:
    """As `look`, in the types of JSON. No thread is left when it ends: this process is forked again."""
    seen: dict[str, Any] = json.loads(json.dumps(asyncio.run(look(engine)), default=str))
    return seen


def _print(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()  # or what waits here is written again by every process that is forked


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _read(path).splitlines()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
