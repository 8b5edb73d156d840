"""Where teaching is tried: a real SQLite file, the real texts; the teacher and the language model are scripts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.errors import ModelMissing, TrainingFailed
from bot.core.normalise import normalise
from bot.core.overlay import overlaid
from bot.core.revision import Revision
from bot.core.served import Served
from bot.core.taught import Comparison, Model, ModelState
from bot.core.team import Role, Worker
from bot.gateways.words import Words as WordLists
from bot.services.content_ports import Lessons, Near, Tell
from bot.services.editing.newsroom import Newsroom
from bot.services.ports import Understanding
from bot.services.teaching import Teaching, teaching_of
from bot.store.engine import open_engine
from bot.store.staff_tables import audit
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import Clock, FakeDialogue, responding
from tests.ready_database import ready_sqlite

EDITOR = Worker("ed", "ed@wijk.example", "Ed", frozenset({Role.EDITOR}))
REVIEWER = Worker("re", "re@wijk.example", "Re", frozenset({Role.REVIEWER}))
WORKER = Worker("wo", "wo@wijk.example", "Wo")
BASE = "abc123"


class FakeFiles:
    """Two questions stand in the files."""

    texts: Mapping[tuple[str, str], tuple[str, ...]] = {
        ("flu_jab", "nl"): ("wat kost de griepprik",),
        ("flag_suicide", "nl"): ("ik zie het nut niet meer",),
    }

    async def of(self, key: str, language: str) -> tuple[str, ...]:
        return self.texts.get((key, language), ())

    async def key_of(self, text: str) -> str:
        rows = ((key, example) for (key, _), examples in self.texts.items() for example in examples)
        return next((key for key, example in rows if normalise(example) == normalise(text)), "")


class FirstWords:
    """Questions are alike when they begin with the same word."""

    async def groups(self, texts: Sequence[str]) -> list[list[int]]:
        found: dict[str, list[int]] = {}
        for position, text in enumerate(texts):
            found.setdefault(normalise(text).partition(" ")[0], []).append(position)
        return sorted(found.values(), key=len, reverse=True)


class FakeSwapping:
    """Knows which file is loaded."""

    def __init__(self, folder: Path, base: str = BASE) -> None:
        self.model = folder / f"{base}.tar.gz"
        self.model.touch()

    async def load(self, path: Path) -> None:
        if not path.is_file():  # noqa: ASYNC240 - a small local folder
            raise ModelMissing(path.name)
        self.model = path

    async def explain(self, text: str) -> tuple[Understanding, tuple[Near, ...]]:
        return Understanding(), (Near("wat kost de griepprik", "flu_jab", "nl", 0.9),)


@dataclass
class FakeTeacher:
    """Trains when it may go on; tells that it is half way first."""

    folder: Path
    comparison: Comparison = field(default_factory=Comparison)
    fails: str = ""
    lessons: list[Lessons] = field(default_factory=list)
    beside: list[Path | None] = field(default_factory=list)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def train(self, model_id: str, lessons: Lessons, live: Path | None, tell: Tell) -> tuple[str, Comparison]:
        self.lessons.append(lessons)
        self.beside.append(live)
        await tell(0.5, "Learning the examples")
        self.told.set()
        await self.go.wait()
        if self.fails:
            raise TrainingFailed(self.fails)
        (self.folder / f"{model_id}.tar.gz").touch()
        return f"{model_id}.tar.gz", self.comparison


@dataclass
class School:
    """All that the use cases stand on."""

    store: SqlStore
    teacher: FakeTeacher
    swapping: FakeSwapping
    served: Served
    clock: Clock
    newsroom: Newsroom
    folder: Path
    teaching: Teaching = field(init=False)

    async def asked(self, *texts: str, language: str = "nl", offered: Sequence[str] = ()) -> list[int]:
        async with self.store.unit() as unit:
            for text in texts:
                await unit.keep_asked(text, language, offered, self.clock())
        return [one.id for one in reversed((await self.store.asked())[: len(texts)])]

    async def trained(self) -> Model:
        """A model whose training ended."""
        self.teacher.go.set()
        model = await self.teaching.train(EDITOR)
        return await self.ended(model.id)

    async def ended(self, model_id: str) -> Model:
        # The row is what tells; the task goes on meanwhile.
        async with asyncio.timeout(60):
            while (model := await self.store.model(model_id)) and model.state is ModelState.TRAINING:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        assert model is not None
        self.clock.move(minutes=1)
        return model

    async def body(self, kind: Kind, key: str, language: str = "") -> object:
        rows = await self.store.revisions(Ref(kind, key, language))
        return rows[0].body if rows else None

    async def states(self) -> dict[str, ModelState]:
        return {model.id: model.state for model in await self.teaching.models()}

    async def published(self, *entries: tuple[Ref, object]) -> None:
        """Entries as an editor publishes them, and served here."""
        async with self.store.unit() as unit:
            for ref, body in entries:
                await unit.publish(Revision(0, ref, body, 0, "ed", "ed", self.clock()))  # type: ignore[arg-type]
        await self.refresh()

    async def take_away(self, key: str) -> None:
        """The Dutch examples of a topic."""
        ref = Ref(Kind.EXAMPLES, key, "nl")
        before = await self.store.revisions(ref)
        async with self.store.unit() as unit:
            await unit.publish(Revision(0, ref, None, before[0].id, "ed", "ed", self.clock()))

    async def refresh(self) -> int:
        rows = await self.store.published()
        content = overlaid(self.newsroom.base, [(row.ref, row.body) for row in rows])
        self.served.replace(content, max(row.id for row in rows))
        return 1

    async def audits(self) -> list[tuple[str, str, str]]:
        """(who, what, about) of every row, oldest first."""
        async with self.store.unit() as unit:
            rows = await unit._connection.execute(audit.select().order_by(audit.c.id))
            return [(row.worker_id, row.what, row.about) for row in rows]

    def updated(self, base: str) -> Teaching:
        """The program with other files, started now on the same database and folder; what runs in `self` stays."""
        self.swapping = FakeSwapping(self.folder, base)
        self.teaching = _teaching(self, base)
        return self.teaching


@asynccontextmanager
async def open_school(folder: Path, content: Content, **rules: bool) -> AsyncIterator[School]:
    """A school in a folder; `rules` such as four_eyes=True."""
    store = SqlStore(open_engine(ready_sqlite(folder / "school.db")), Vault((Fernet.generate_key().decode(),)))
    clock, served = Clock(), Served(content)
    secrets = iter(f"secret {number}" for number in range(1000))
    newsroom = Newsroom(store, clock, served, content, WordLists(), lambda: next(secrets), **rules)  # type: ignore[arg-type]
    (folder / "taught").mkdir()
    school = School(store, FakeTeacher(folder / "taught"), FakeSwapping(folder), served, clock, newsroom, folder)
    school.teaching = _teaching(school, BASE)
    yield school
    await school.teaching.stop()
    await store.close()


def _teaching(school: School, base: str) -> Teaching:
    respond = responding(school.newsroom.base, FakeDialogue({"wat kost de griepprik": "flu_jab"}))
    return teaching_of(
        school.newsroom, respond, school.swapping, school.teacher, FirstWords(), FakeFiles(), base, school.refresh,
        school.folder / "taught",
    )  # fmt: skip
