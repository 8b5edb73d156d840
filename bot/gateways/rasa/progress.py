"""Training in a process of its own, with a bar: the memory it takes is given back when it ends."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.core.errors import TrainingFailed
from bot.gateways.rasa.quiet import all_cores

LEARNT_FROM: Final = ("nlu/**/*.yml", "nlu/**/*.py", "config.yml", "domain.yml", "bot/core/normalise.py")
EXPECTED_SECONDS: Final = 60.0


def fingerprinted_model(root: Path) -> Path:
    """Where the model of the present examples is or will be: its name changes with what it is made from."""
    digest = hashlib.sha256()
    for pattern in LEARNT_FROM:
        for path in sorted(root.glob(pattern)):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return root / "models" / f"{digest.hexdigest()[:12]}.tar.gz"


def train_with_progress(root: Path, console: Console) -> Path:
    """Trains, and returns the model's path. Raises TrainingFailed with the end of Rasa's report."""
    model = fingerprinted_model(root)
    report = root / "models" / "training.log"
    report.parent.mkdir(exist_ok=True)
    started = time.monotonic()
    columns = (TextColumn("Training"), BarColumn(), TimeElapsedColumn())
    with report.open("wb") as log, Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Training", total=EXPECTED_SECONDS)
        command = [sys.executable, "-m", "bot.gateways.rasa.training", str(root), str(model)]
        process = subprocess.Popen(  # noqa: S603 - ourselves
            command, stdout=log, stderr=subprocess.STDOUT, cwd=root, env=all_cores()
        )
        try:
            while process.poll() is None:
                progress.update(bar, completed=min(time.monotonic() - started, EXPECTED_SECONDS - 1))
                time.sleep(0.2)
        finally:
            process.kill()
    if process.returncode != 0 or not model.is_file():
        ending = report.read_text(encoding="utf-8", errors="replace").replace("\r", "\n").splitlines()[-15:]
        raise TrainingFailed("Training failed. The end of its report:\n" + "\n".join(ending))
    return model
