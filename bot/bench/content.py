"""From an editor's button to what is said: a number in another process, and a topic taught with 12 examples."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet

from bot.app.assistant import Assistant, assistant
from bot.app.by_clock import LIVE
from bot.app.content_room import newsroom_of, teaching_room
from bot.app.now import now
from bot.app.texts import content_of
from bot.bench.bike_repair import ANSWER, EXAMPLES, LABEL, QUESTION, TOPIC
from bot.core.content import Answer, Content, Source
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import BuurtvraagError
from bot.core.language import SOURCE
from bot.core.served import Served
from bot.core.taught import Model, ModelState
from bot.core.team import Role, Worker
from bot.gateways.rasa.swapping import SwappingDialogue
from bot.jobs import Job, schedule
from bot.services.editing import Editing, editing_of
from bot.services.editing.newsroom import Newsroom
from bot.services.evaluate import ask, percentile
from bot.services.teaching import Teaching
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault

ROUNDS: Final = 20
FACT: Final = "flu_jab_age"
_REF: Final = Ref(Kind.ANSWER, f"utter_{TOPIC}", SOURCE)
_EDITOR: Final = Worker("bench", "bench@example.org", "Bench", frozenset({Role.EDITOR}))
_PATIENCE: Final = 600.0  # seconds for a training, as long as the teacher itself waits
_MOMENT: Final = 30.0  # seconds for a published text


@dataclass(frozen=True, slots=True)
class ContentBench:
    """`publish_*`: milliseconds from Publish until another process on the same database says the new number.

    Seconds: `train_s` from *Train* to a compared model, `promote_s` until it answers here, `total_s` from *Train* to
    the answer to a question that nobody taught in these words; `back_s` from going back to the old answer.
    """

    publish_p50: float
    publish_p95: float
    publish_max: float
    train_s: float
    promote_s: float
    total_s: float
    back_s: float


async def bench(model: Path) -> ContentBench:
    """Runs for a minute or two, in a folder of its own."""
    content = content_of()
    async with _desk(SwappingDialogue(model), content) as desk:
        times = [await desk.published_elsewhere(number) for number in range(ROUNDS)]
        await desk.write_topic()
        started = time.perf_counter()
        trained = await desk.trained()
        train_s = time.perf_counter() - started
        promote_s = await _seconds(desk.teaching.promote(_EDITOR, trained.id))
        await desk.must_answer(TOPIC)
        total_s = time.perf_counter() - started
        back_s = await _seconds(desk.gone_back())
    return ContentBench(
        publish_p50=percentile(times, 50),
        publish_p95=percentile(times, 95),
        publish_max=round(max(times), 1),
        train_s=round(train_s, 1),
        promote_s=round(promote_s, 2),
        total_s=round(total_s, 1),
        back_s=round(back_s, 2),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """An editor's desk, and what another process on its database says."""

    running: Assistant
    newsroom: Newsroom
    editing: Editing
    teaching: Teaching
    elsewhere: Served

    async def published_elsewhere(self, number: int) -> float:
        """Milliseconds; each number is published at another moment between two looks of the other process."""
        value = str(30 + number)
        await asyncio.sleep(LIVE.total_seconds() * number / ROUNDS)
        ref = Ref(Kind.FACT, FACT)
        fact = replace(self.newsroom.served.content.facts[FACT], values={"": value})
        sheet = await self.editing.sheet(_EDITOR, ref)
        await self.editing.save(_EDITOR, ref, fact, base=sheet.base, seen=0)
        started = time.perf_counter()
        await self.editing.publish(_EDITOR, ref, _EDITOR.id)
        async with asyncio.timeout(_MOMENT):
            while self.elsewhere.content.facts[FACT].in_language(SOURCE) != value:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.001)
        return (time.perf_counter() - started) * 1000

    async def write_topic(self) -> None:
        """A topic with its answer and examples, which no model knows yet."""
        group = next(iter(self.newsroom.base.topics.values())).group
        await self.teaching.make_topic(_EDITOR, TOPIC, group, "", LABEL)
        await self._publish(_REF, self._answer())
        await self.teaching.teach(_EDITOR, TOPIC, SOURCE, EXAMPLES)

    async def trained(self) -> Model:
        """The model, once it may be promoted."""
        begun = await self.teaching.train(_EDITOR)
        async with asyncio.timeout(_PATIENCE):
            while (  # noqa: ASYNC110 - a page asks like this too
                model := await self.running.store.model(begun.id)
            ) and model.state is ModelState.TRAINING:
                await asyncio.sleep(0.05)
        if model is None or model.state is not ModelState.READY:
            raise BuurtvraagError(f"The training did not lead to a model: {model.why if model else 'it is gone'}")
        return model

    async def gone_back(self) -> None:
        """The model before answers again."""
        await self.teaching.back(_EDITOR)
        await self.must_answer("out_of_scope")

    async def must_answer(self, key: str) -> None:
        """Raises BuurtvraagError when a resident who asks gets something else."""
        said = (await ask(self.running.respond, QUESTION, SOURCE)).said
        if f"utter_{key}" not in said:
            raise BuurtvraagError(f"“{QUESTION}” was answered with {', '.join(said)}, not with {key}.")

    async def _publish(self, ref: Ref, body: Body) -> None:
        await self.editing.save(_EDITOR, ref, body, base=0, seen=0)
        await self.editing.publish(_EDITOR, ref, _EDITOR.id)

    def _answer(self) -> Answer:
        pictogram = min(self.newsroom.base.pictograms)
        source = Source("Gemeente", "https://www.leeuwarden.nl", now().date())
        return Answer(_REF.key, SOURCE, ANSWER, ANSWER, pictogram=pictogram, sources=(source,))


async def _seconds(doing: Awaitable[object]) -> float:
    started = time.perf_counter()
    await doing
    return time.perf_counter() - started


@asynccontextmanager
async def _desk(dialogue: SwappingDialogue, content: Content) -> AsyncIterator[_Desk]:
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        async with assistant(settings, content, dialogue, {}) as running:
            newsroom = newsroom_of(settings, running, content)
            async with running.store.unit() as unit:
                await unit.keep_worker(_EDITOR)
            editing = editing_of(newsroom)
            teaching = teaching_room(settings, running, newsroom, dialogue, editing)
            await editing.refresh()
            async with _other_process(settings, newsroom) as elsewhere:
                try:
                    yield _Desk(running, newsroom, editing, teaching, elsewhere)
                finally:
                    await teaching.stop()


def _settings(folder: Path) -> Settings:
    return Settings(
        data_dir=folder, database_url="", secret_keys=Fernet.generate_key().decode(), telegram_token="",
        telegram_webhook_secret="", public_url="", serve_unreviewed=True, host_name="", host_role="",
        host_organisation="", region_team="", translator="", draft_translator="", four_eyes=False, keep_days=30,
        log_level="ERROR", _env_file=None,
    )  # fmt: skip


@asynccontextmanager
async def _other_process(settings: Settings, newsroom: Newsroom) -> AsyncIterator[Served]:
    """What it serves: with a connection of its own it looks as often as every process does."""
    store = SqlStore(open_engine(settings.database), Vault((settings.secret_keys.get_secret_value(),)))
    served = Served(newsroom.base)
    jobs = schedule([Job("refresh_content", LIVE, editing_of(replace(newsroom, store=store, served=served)).refresh)])
    jobs.start()
    try:
        yield served
    finally:
        jobs.shutdown(wait=False)
        await store.close()
