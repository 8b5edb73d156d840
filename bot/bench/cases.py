"""From consent to the worker's card, and a hundred cases at once, against a local stand-in for Telegram."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.app.assistant import Assistant, assistant
from bot.app.now import now
from bot.app.texts import content_of
from bot.bench import telegram_updates as updates
from bot.bench.telegram_stand_in import TelegramStandIn
from bot.channels import telegram
from bot.core.case import State
from bot.core.message import Incoming
from bot.core.press import Act, Press
from bot.core.team import Area, Hours, Span, Team, Worker
from bot.gateways.pictures import Pictures
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.evaluate import percentile
from bot.services.ports import Dialogue
from bot.settings import ROOT, Settings

ONE_BY_ONE: Final = 20
AT_ONCE: Final = 100
WORKERS: Final = 10
_FIRST_WORKER: Final = 90001  # the numbers of their chats; residents' begin at 1
_PATIENCE: Final = 120.0  # seconds
_POSTCODE: Final = "8911"
_AREA: Final = Area(_POSTCODE, "Binnenstad", "bench")
_ALWAYS: Final = Hours(tuple(Span(day, time_of_day(0), time_of_day(23, 59, 59, 999999)) for day in range(7)))
_PERSON: Final = Press(Act.META, "talk_to_person").data
_SEND: Final = Press(Act.CASE, "send").data
_CLAIM: Final = f"{Act.STAFF}:claim:"


@dataclass(frozen=True, slots=True)
class CasesBench:
    """`card_*`: milliseconds from the stored tap on Send to the first worker's card at the stand-in, one by one.

    `claimed_s`: seconds from so many taps on Send at once until the workers, who tap on every card that they see,
    have claimed them all. `owned_once`: how many cases had exactly one claim in their log.
    """

    cases: int
    card_p50: float
    card_p95: float
    card_max: float
    at_once: int
    workers: int
    claimed_s: float
    owned_once: int


async def bench(model: Path) -> CasesBench:
    """Runs for about half a minute, on loopback alone."""
    dialogue = RasaDialogue(model)
    async with _house(dialogue) as house:
        await house.hire(1)
        times = [await house.consent_to_card(resident) for resident in range(1, ONE_BY_ONE + 1)]
    async with _house(dialogue) as house:
        await house.hire(WORKERS)
        seconds = await house.all_at_once(range(1, AT_ONCE + 1))
        owned = await house.owned_once()
    return CasesBench(
        cases=ONE_BY_ONE,
        card_p50=percentile(times, 50),
        card_p95=percentile(times, 95),
        card_max=round(max(times), 2),
        at_once=AT_ONCE,
        workers=WORKERS,
        claimed_s=round(seconds, 2),
        owned_once=owned,
    )


@dataclass
class _House:
    """An assistant with one team, and everybody's telephones on the stand-in."""

    running: Assistant
    server: TelegramStandIn
    stored: dict[str, float] = field(default_factory=dict)  # a resident's chat → when the tap on Send was stored

    async def receive(self, incoming: Incoming) -> None:
        """What the channel calls; the moment when a consent is safe is noted."""
        await self.running.conveyor.receive(incoming)
        if incoming.text == _SEND:
            self.stored[incoming.chat.address] = time.perf_counter()

    async def hire(self, count: int) -> None:
        """So many workers in the team, each with a linked telephone."""
        for number in range(count):
            code, worker = secrets.token_urlsafe(16), _worker(number)
            async with self.running.store.unit() as unit:
                await unit.keep_team(Team(_AREA.team, "Team Bench", _ALWAYS))
                await unit.keep_area(_AREA)
                await unit.keep_worker(worker)
                await unit.give_token(code, "link", worker.id, now() + timedelta(minutes=5))
            await self.server.push(updates.text(_FIRST_WORKER + number, f"/start {code}"))
            await self.server.shows(_FIRST_WORKER + number, worker.name, within=_PATIENCE)

    async def asked(self, residents: Sequence[int]) -> None:
        """Residents want a person and say where they live; they have the card before them."""
        await self.server.push(*(updates.callback(chat, _PERSON) for chat in residents))
        await self._all(residents, 1)
        await self.server.push(*(updates.text(chat, _POSTCODE) for chat in residents))
        await self._all(residents, 2)

    async def consent_to_card(self, resident: int) -> float:
        """Milliseconds for one case."""
        await self.asked([resident])
        before = len(self.server.screen(_FIRST_WORKER))
        await self.server.push(updates.callback(resident, _SEND))
        await self._until(lambda: len(self.server.screen(_FIRST_WORKER)) > before)
        seconds = time.perf_counter() - self.stored[str(resident)]
        await self.running.conveyor.drain()
        return seconds * 1000

    async def all_at_once(self, residents: Sequence[int]) -> float:
        """Seconds until all are claimed."""
        await self.asked(residents)
        started, tapped = time.perf_counter(), set[tuple[int, str]]()
        await self.server.push(*(updates.callback(chat, _SEND) for chat in residents))
        async with asyncio.timeout(_PATIENCE):
            while len({data for _, data in tapped}) < len(residents) or await self._waiting():
                await self._tap_all(tapped)
                await asyncio.sleep(0.02)
        seconds = time.perf_counter() - started
        await self.running.conveyor.drain()
        return seconds

    async def owned_once(self) -> int:
        """Cases with a worker and exactly one claim in their log."""
        cases = await self.running.store.cases(states=(State.CLAIMED,), limit=AT_ONCE)
        files = [await self.running.store.case_file(case.id) for case in cases]
        logs = [[event.what for event in found.events] for found in files if found and found.case.worker]
        return sum(log.count("claimed") == 1 for log in logs)

    async def _tap_all(self, tapped: set[tuple[int, str]]) -> None:
        """Every worker taps Take it on every card that is new to them."""
        for chat in range(_FIRST_WORKER, _FIRST_WORKER + WORKERS):
            keys = [key for shown in self.server.screen(chat) for row in shown.keys for key in row]
            new = {(chat, key.data) for key in keys if key.data.startswith(_CLAIM)} - tapped
            tapped |= new
            await self.server.push(*(updates.callback(chat, data) for _, data in sorted(new)))

    async def _waiting(self) -> int:
        return len(await self.running.store.cases(states=(State.WAITING,), limit=AT_ONCE))

    async def _all(self, residents: Sequence[int], count: int) -> None:
        await self._until(lambda: all(len(self.server.screen(chat)) >= count for chat in residents))

    async def _until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not seen():  # noqa: ASYNC110 - the stand-in has no event for this
                await asyncio.sleep(0.001)


def _worker(number: int) -> Worker:
    return Worker(f"bench{number}", f"bench{number}@example.org", f"Worker {number}", teams=(_AREA.team,))


@asynccontextmanager
async def _house(dialogue: Dialogue) -> AsyncIterator[_House]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder), database_url="", secret_keys="", telegram_token="", telegram_webhook_secret="",
            public_url="", telegram_api_url="http://127.0.0.1", serve_unreviewed=True, host_name="", host_role="",
            host_organisation="", region_team="", translator="", keep_days=30, log_level="ERROR", _env_file=None,
        )  # fmt: skip
        async with TelegramStandIn() as server:
            bot = telegram.connect(server.token, server.url)
            await telegram.greet(bot, {})
            channel = telegram.TelegramChannel(bot, Pictures(ROOT / "responses" / "pictograms"))
            async with assistant(settings, content_of(), dialogue, {"telegram": channel}) as running:
                house = _House(running, server)
                polling = asyncio.create_task(telegram.Polling(bot, telegram.Intake(bot, house.receive)).run())
                try:
                    yield house
                finally:
                    polling.cancel()
                    await asyncio.gather(polling, return_exceptions=True)
