"""The pages that teach with the real use cases on a real database; only the model and its training are scripts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.taught import ModelState
from bot.gateways.words import Words
from bot.services.editing import editing_of
from bot.services.editing.newsroom import Newsroom
from bot.services.teaching import teaching_of
from tests.builders import FakeDialogue, responding
from tests.desk.content.school import mount
from tests.desk.content.trainers import Files, OneGroup, Swapping, Trainer
from tests.desk.hall import Hall


@dataclass
class Classroom:
    """The desk, and what trains."""

    hall: Hall
    trainer: Trainer
    model: Swapping

    async def learnt(self) -> None:
        """A training that was begun has ended; a minute goes by."""
        while any(row.state is ModelState.TRAINING for row in await self.hall.store.models()):  # noqa: ASYNC110
            await asyncio.sleep(0)
        self.hall.clock.move(minutes=1)


def open_classroom(hall: Hall, folder: Path, **rules: bool) -> Classroom:
    """Puts the real use cases behind the desk of a hall; `rules` such as four_eyes=True."""
    base, trainer, model = hall.desk.content, Trainer(folder), Swapping(folder)
    secrets = iter(f"secret {number}" for number in range(100))
    newsroom = Newsroom(hall.store, hall.clock, hall.desk.served, base, Words(), lambda: next(secrets), **rules)  # type: ignore[arg-type]
    editing = editing_of(newsroom)
    respond = responding(base, FakeDialogue({"wat kost de griepprik": "flu_jab"}))
    teaching = teaching_of(newsroom, respond, model, trainer, OneGroup(), Files(), "base", editing.refresh)
    hall.desk = replace(hall.desk, editing=editing, teaching=teaching)
    mount(hall)
    return Classroom(hall, trainer, model)
