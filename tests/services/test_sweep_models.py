"""Files of taught models that nobody needs any more are erased; those of use are not."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from bot.core.taught import Model, ModelState
from bot.gateways.rasa.taught_files import TaughtFiles
from bot.services.teaching.sweep_models import SweepModels, needed
from tests.builders import NOON, Clock

LONG_AGO = (NOON - timedelta(days=2)).timestamp()


def model(name: str, state: ModelState, days: int) -> Model:
    return Model(name, f"taught-{name}.tar.gz", "base", state, "eva", NOON - timedelta(days=days))


class Rows:
    def __init__(self, *models: Model) -> None:
        self._models = list(models)

    async def models(self) -> list[Model]:
        return self._models


def test_the_live_one_the_newest_ready_ones_and_the_last_five_stay() -> None:
    past = [model(f"past{day}", ModelState.PAST, day) for day in range(2, 9)]
    ready = [model(f"ready{day}", ModelState.READY, day) for day in range(3)]
    live, refused = model("live", ModelState.LIVE, 30), model("refused", ModelState.REFUSED, 0)
    kept = {one.id for one in needed([*past, refused, live, *ready])}
    assert kept == {"live", "ready0", "ready1", "past2", "past3", "past4", "past5", "past6"}


async def test_only_old_files_that_nobody_needs_are_erased(tmp_path: Path) -> None:
    for name in ("live", "refused", "fresh"):
        (tmp_path / f"taught-{name}.tar.gz").write_bytes(b"model")
        (tmp_path / f"taught-{name}.tested.json").write_text("{}")
        if name != "fresh":
            os.utime(tmp_path / f"taught-{name}.tar.gz", (LONG_AGO, LONG_AGO))
    (tmp_path / "81aded.tar.gz").write_bytes(b"of the project")
    os.utime(tmp_path / "81aded.tar.gz", (LONG_AGO, LONG_AGO))
    rows = Rows(model("live", ModelState.LIVE, 3), model("refused", ModelState.REFUSED, 3))
    sweep = SweepModels(rows, Clock(), TaughtFiles(tmp_path).erase)  # type: ignore[arg-type]
    assert await sweep() == 1
    left = {path.name for path in tmp_path.iterdir()}  # noqa: ASYNC240
    assert "taught-refused.tar.gz" not in left
    assert "taught-refused.tested.json" not in left
    assert {"taught-live.tar.gz", "taught-fresh.tar.gz", "81aded.tar.gz"} <= left


async def test_a_folder_that_does_not_exist_yet_is_no_trouble(tmp_path: Path) -> None:
    assert await TaughtFiles(tmp_path / "none").erase(set(), 0.0) == 0
