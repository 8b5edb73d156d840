"""Whole turns on this machine: Telegram's updates in, answers out, over HTTP to a stand-in for its server."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Final

from bot.app.assistant import assistant
from bot.app.texts import content_of
from bot.bench import telegram_updates as updates
from bot.bench.telegram_stand_in import TelegramStandIn
from bot.channels import telegram
from bot.core.errors import BuurtvraagError
from bot.core.message import Incoming
from bot.gateways.pictures import Pictures
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.evaluate import percentile
from bot.settings import ROOT, Settings

# What residents do: they type a question, then tap on, then type again.
TYPED: Final = (
    "moet ik als 63 jarige de griepprik halen",
    "wat kost de huisarts",
    "is de bmr prik veilig voor mijn dochter van 2",
    "hoi",
    "aşı zorunlu mu",
    "هل التطعيم اجباري",
    "my baby has a fever since yesterday",
    "ik fiel my sa allinnich",
    "wat zit er in een vaccin",
    "waar kan ik nederlands leren",
)
TAPPED: Final = (
    "t:flu_jab:side_effects",
    "t:measles_mmr:simple",
    "m:vaccination",
    "t:gp_how",
    "k:talk_to_person",
)
Turn = Callable[[int, updates.Json], Awaitable[float]]
RESIDENTS: Final = 20
ROUNDS: Final = 30
LONG_TALK: Final = 1000
WINDOW: Final = 50


@dataclass(frozen=True, slots=True)
class TurnsBench:
    """Times in milliseconds, from an update's arrival to its answer in the outbox.

    `typed_*` are turns with a typed question, `tapped_p50` those with a button. `first`, `hundredth` and
    `thousandth` are medians over the WINDOW turns of one resident's talk around that turn; `growth` is
    the last over the first. `end_to_end_per_s` counts turns up to the accepted sendMessage.
    """

    turns: int
    p50: float
    p95: float
    p99: float
    typed_p50: float
    typed_p95: float
    tapped_p50: float
    end_to_end_per_s: float
    first: float
    hundredth: float
    thousandth: float
    growth: float
    memory_mb: float


async def bench(model: Path) -> TurnsBench:
    """Runs for about a minute, on loopback alone."""
    dialogue, content = RasaDialogue(model), content_of()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder), database_url="", secret_keys="", telegram_token="", telegram_webhook_secret="",
            public_url="", telegram_api_url="http://127.0.0.1", serve_unreviewed=True, host_name="", host_role="",
            host_organisation="", keep_days=30, log_level="ERROR", _env_file=None,
        )  # fmt: skip
        async with TelegramStandIn() as server:
            bot = telegram.connect(server.token, server.url)
            await telegram.greet(bot, {})
            channel = telegram.TelegramChannel(bot, Pictures(ROOT / "responses" / "pictograms"))
            async with assistant(settings, content, dialogue, {"telegram": channel}) as running:

                async def receive(incoming: Incoming) -> None:
                    await running.conveyor.receive(incoming)

                polling = asyncio.create_task(telegram.Polling(bot, telegram.Intake(bot, receive)).run())
                per_second = await _crowd(server)
                await running.conveyor.drain()
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)

                async def turn(number: int, update: updates.Json) -> float:
                    incoming = _incoming(bot, update, number)
                    started = time.perf_counter()
                    resident = await running.conveyor.receive(incoming)
                    await running.conveyor.idle(resident)
                    milliseconds = (time.perf_counter() - started) * 1000
                    await running.conveyor.drain()
                    return milliseconds

                typed, tapped = await _one_by_one(turn)
                talk = [
                    await turn(10**6 + number, updates.text(9999, text))
                    for number, text in enumerate(islice(cycle(TYPED[:4]), LONG_TALK))
                ]
    everything = typed + tapped
    first, last = median(talk[4 : WINDOW + 4]), median(talk[-WINDOW:])
    return TurnsBench(
        turns=len(everything),
        p50=percentile(everything, 50),
        p95=percentile(everything, 95),
        p99=percentile(everything, 99),
        typed_p50=percentile(typed, 50),
        typed_p95=percentile(typed, 95),
        tapped_p50=percentile(tapped, 50),
        end_to_end_per_s=round(per_second, 1),
        first=round(first, 2),
        hundredth=round(median(talk[100 - WINDOW // 2 : 100 + WINDOW // 2]), 2),
        thousandth=round(last, 2),
        growth=round(last / first, 2),
        memory_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0),
    )


async def _crowd(server: TelegramStandIn) -> float:
    """Turns a second for many residents at once, from getUpdates to the accepted sendMessage."""
    questions = [updates.text(chat, text) for text in islice(cycle(TYPED), 5) for chat in range(1, RESIDENTS + 1)]
    started = time.perf_counter()
    await server.push(*questions)
    async with asyncio.timeout(120):
        while len(server.sent()) < len(questions):  # noqa: ASYNC110 - the stand-in has no event for this
            await asyncio.sleep(0.05)
    return len(questions) / (time.perf_counter() - started)


async def _one_by_one(turn: Turn) -> tuple[list[float], list[float]]:
    typed, tapped = [], []
    numbers = iter(range(10**5, 10**6))
    for round_ in range(ROUNDS):
        for text, data in zip(TYPED, cycle(TAPPED), strict=False):
            chat = 1 + round_ % RESIDENTS
            typed.append(await turn(next(numbers), updates.text(chat, text)))
            tapped.append(await turn(next(numbers), updates.callback(chat, data)))
    warm = len(TYPED)
    return typed[warm:], tapped[warm:]


def _incoming(bot: telegram.Bot, update: updates.Json, number: int) -> Incoming:
    raw = {"update_id": number, **update}
    read = telegram.to_incoming(telegram.Update.de_json(raw, bot), bot.id, bot.username)
    if read is None:
        raise BuurtvraagError("The bench made an update that the channel does not know.")
    return read
