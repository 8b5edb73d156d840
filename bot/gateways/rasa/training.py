"""Training, as a program: `python -m bot.gateways.rasa.training ROOT MODEL [--lessons FILE --base MODEL]`."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import yaml
from rasa.engine.storage import local_model_storage
from rasa.model_training import train as rasa_train

BUILDS_ON_BASE: Final = ("LanguageIdentifier", "TopicClassifier")  # components of config.yml that take `base`
TAUGHT_VECTORS: Final = "taught_vectors.npz"  # beside the taught models


class _QuickArchive(local_model_storage.TarSafe):  # type: ignore[misc]
    @classmethod
    def gzopen(cls, name: Any, mode: Any = "r", fileobj: Any = None, compresslevel: int = 1, **more: Any) -> Any:
        return super().gzopen(name, mode, fileobj, compresslevel, **more)


def train(root: Path, model: Path) -> int:
    """From `nlu/`, `domain.yml` and `config.yml` of a folder to one model file. Returns Rasa's exit code."""
    return _train(root, model, "config.yml")


def train_lessons(root: Path, model: Path, lessons: Path, base: Path | None) -> int:
    """The same with what editors taught (see `nlu.lessons`); with a base model in seconds. Returns Rasa's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        config, shelf = Path(folder) / "config.yml", model.absolute().with_name(TAUGHT_VECTORS)
        given = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
        taught = _with_lessons(given, lessons, base, shelf)
        config.write_text(yaml.safe_dump(taught, allow_unicode=True), encoding="utf-8")
        local_model_storage.TarSafe = _QuickArchive  # Rasa packs as tightly as it can, which takes five times as long
        return _train(root, model, str(config))


def _train(root: Path, model: Path, config: str) -> int:
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")  # a cached part saves less than writing it costs
    with contextlib.chdir(root):
        result = rasa_train(
            "domain.yml",
            config,
            [],
            str(model.parent),
            fixed_model_name=model.name,
            force_training=True,
        )
    return int(result.code)


def _with_lessons(config: dict[str, object], lessons: Path, base: Path | None, shelf: Path) -> dict[str, object]:
    importer = {"name": "nlu.importer.ProjectImporter", "lessons": str(lessons.absolute())}
    if base is None:
        return {**config, "importers": [importer]}
    importer["base"] = str(base.absolute())
    pipeline = [dict(component) for component in config["pipeline"]]  # type: ignore[attr-defined]
    for component in pipeline:
        name = str(component["name"]).rpartition(".")[2]
        if name in BUILDS_ON_BASE:
            component["base"] = str(base.absolute())
        elif name == "SentenceEncoder":
            component["shelf"] = str(shelf)
    return {**config, "importers": [importer], "pipeline": pipeline}


def _main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("root", type=Path)
    reader.add_argument("model", type=Path)
    reader.add_argument("--lessons", type=Path)
    reader.add_argument("--base", type=Path)
    given = reader.parse_args()
    sys.path.insert(0, str(given.root))  # config.yml names components in nlu/
    if given.lessons is None:
        return train(given.root, given.model)
    return train_lessons(given.root, given.model, given.lessons, given.base)


if __name__ == "__main__":
    sys.exit(_main())
