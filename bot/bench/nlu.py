"""The pipeline of config.yml, trained and tested on questions of somebody else."""

from __future__ import annotations

import asyncio
import csv
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.core.errors import BuurtvraagError
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.gateways.rasa.training import train
from bot.services.evaluate import percentile

_COLUMNS = (("text", "intent"), ("sentence", "label"))


@dataclass(frozen=True, slots=True)
class NluBench:
    """Accuracy and macro-F1 of the likeliest intent, thresholds aside; times in seconds and milliseconds."""

    n: int
    accuracy: float
    macro_f1: float
    train_s: float
    ms_p50: float
    ms_p95: float


def bench(root: Path, train_files: Iterable[Path], test_file: Path) -> NluBench:
    """Trains in a folder of its own and asks every test question. Raises BuurtvraagError for wrong columns."""
    examples = [row for file in train_files for row in _read(file)]
    questions = _read(test_file)
    names = {label: f"intent_{number}" for number, label in enumerate(sorted({label for _, label in examples}))}
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        _write_project(root, project, [(text, names[label]) for text, label in examples], list(names.values()))
        started = time.perf_counter()
        if train(project, project / "model.tar.gz") != 0:
            raise BuurtvraagError("The pipeline could not be trained on these examples.")
        seconds = time.perf_counter() - started
        dialogue = RasaDialogue(project / "model.tar.gz")
    pairs, times = asyncio.run(_ask(dialogue, [(text, names.get(label, "")) for text, label in questions]))
    return NluBench(
        n=len(pairs),
        accuracy=round(sum(said == right for said, right in pairs) / max(len(pairs), 1), 4),
        macro_f1=round(macro_f1(pairs), 4),
        train_s=round(seconds, 1),
        ms_p50=percentile(times, 50),
        ms_p95=percentile(times, 95),
    )


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """The mean over true labels of 2 hits / (said + true), from (said, true) pairs."""
    hits, said, true = defaultdict[str, int](int), defaultdict[str, int](int), defaultdict[str, int](int)
    for guess, right in pairs:
        said[guess] += 1
        true[right] += 1
        hits[right] += guess == right
    return sum(2 * hits[label] / (said[label] + true[label]) for label in true) / max(len(true), 1)


async def _ask(dialogue: RasaDialogue, questions: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[float]]:
    pairs, times = [], []
    for text, right in questions:
        started = time.perf_counter()
        ranking = (await dialogue.understand(text)).ranking
        times.append((time.perf_counter() - started) * 1000)
        pairs.append((ranking[0].key if ranking else "", right))
    return pairs, times


def _read(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        for text, label in _COLUMNS:
            if {text, label} <= set(reader.fieldnames or []):
                return [(row[text], row[label]) for row in reader if (row[text] or "").strip()]
    raise BuurtvraagError(f"{file}: the first line must name the columns text,intent or sentence,label.")


def _write_project(root: Path, project: Path, examples: list[tuple[str, str]], intents: list[str]) -> None:
    config = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
    config["importers"] = [{"name": "bot.bench.csv_importer.ExamplesImporter"}]
    (project / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    first = {"rule": "one", "steps": [{"intent": intents[0]}, {"action": "utter_one"}]}
    domain: dict[str, object] = {
        "version": "3.1",
        "intents": intents,
        "actions": ["utter_one", "action_not_understood"],
    }
    domain["responses"] = {"utter_one": [{"text": "one"}]}
    (project / "domain.yml").write_text(yaml.safe_dump(domain), encoding="utf-8")
    (project / "examples.json").write_text(json.dumps(examples), encoding="utf-8")
    (project / "rules.yml").write_text(yaml.safe_dump({"version": "3.1", "rules": [first]}), encoding="utf-8")
