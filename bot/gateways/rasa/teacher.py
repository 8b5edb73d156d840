"""Teaching beside the running assistant: a program of its own trains and compares, politely and not for ever."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from bot.core.errors import TrainingFailed
from bot.core.taught import Comparison
from bot.gateways.rasa.lessons_file import read_comparison, write_lessons
from bot.gateways.rasa.progress import fingerprinted_model
from bot.gateways.rasa.quiet import all_cores
from bot.gateways.rasa.taught_files import TAUGHT
from bot.services.content_ports import Lessons, Tell

PROGRAM: Final = "bot.teach"
LONGEST: Final = 600.0  # seconds
PATIENCE: Final = 5.0  # seconds in which a program that was asked to end may do so
POLITE: Final = 10  # nice
_REPORT_LINES: Final = 15


class Teacher:
    """Implements `services.content_ports.Teacher`. What it makes is kept in `models`, a folder made when it is needed.

    `evaluation` is the folder with the evaluation files, by default those of the project; what is not there is not
    asked. `base` names the model to which what was taught is added, by default that of the project's files; `longest`
    is how many seconds a training may take.
    """

    def __init__(
        self,
        root: Path,
        models: Path,
        evaluation: Path | None = None,
        base: Callable[[], Path] | None = None,
        longest: float = LONGEST,
    ) -> None:
        self._root, self._models, self._longest = root, models, longest
        self._evaluation = evaluation or root / "tests" / "evaluation"
        self._base = base or partial(fingerprinted_model, root)

    async def train(self, model_id: str, lessons: Lessons, live: Path | None, tell: Tell) -> tuple[str, Comparison]:
        """Trains and compares. Raises TrainingFailed with the end of the report; ends the program when cancelled."""
        base = await asyncio.to_thread(self._base)
        if not base.is_file():
            raise TrainingFailed("There is no model of the project's files to build on. Run `buurtvraag train`.")
        model = self._models / f"{TAUGHT}{model_id}.tar.gz"
        await asyncio.to_thread(partial(self._models.mkdir, parents=True, exist_ok=True))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_lessons(folder / "lessons.json", lessons)
            command = [
                sys.executable, "-m", PROGRAM, str(self._root), str(model), str(folder / "lessons.json"),
                str(folder / "comparison.json"), "--base", str(base), "--evaluation", str(self._evaluation),
                *(["--live", str(live)] if live is not None else []),
            ]  # fmt: skip
            try:
                await asyncio.wait_for(self._run(command, folder / "report", tell), self._longest)
                return model.name, await asyncio.to_thread(read_comparison, folder / "comparison.json")
            except TimeoutError as error:
                model.unlink(missing_ok=True)
                raise TrainingFailed(f"Training took longer than {self._longest / 60:.0f} minutes.") from error
            except (OSError, ValueError) as error:
                raise TrainingFailed("Training ended without a comparison: try again.") from error

    async def _run(self, command: list[str], report: Path, tell: Tell) -> None:
        with report.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=self._root,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=all_cores(),
                preexec_fn=_step_back,
            )
        try:
            if process.stdout is not None:
                async for line in process.stdout:
                    await _pass_on(line, tell)
            code = await process.wait()
        finally:
            await _ended(process)
        if code != 0:
            raise TrainingFailed(_end_of(report))


async def _pass_on(line: bytes, tell: Tell) -> None:
    with contextlib.suppress(ValueError, TypeError, KeyError):  # a library said something of its own
        said = json.loads(line)
        await tell(float(said["progress"]), str(said["step"]))


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _step_back() -> None:
    os.nice(POLITE)  # residents who write meanwhile come first


def _end_of(report: Path) -> str:
    lines = report.read_text(encoding="utf-8", errors="replace").replace("\r", "\n").splitlines()
    told = [line for line in lines if line.strip()]
    if told and told[-1].startswith("Told: "):
        return told[-1].removeprefix("Told: ")
    return "Training failed. The end of its report:\n" + "\n".join(told[-_REPORT_LINES:])
