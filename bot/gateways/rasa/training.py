"""Training: from `nlu/`, `domain.yml` and `config.yml` to one model file."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Final

import bot.gateways.rasa.quiet  # noqa: F401 - before Rasa
from rasa.model_training import train as rasa_train

from bot.core.errors import BuurtvraagError

_LEARNT_FROM: Final = ("nlu/**/*.yml", "nlu/**/*.py", "config.yml", "domain.yml", "bot/core/normalise.py")


class TrainingFailed(BuurtvraagError):
    """Rasa could not train; the message says what it reported."""


def fingerprint(root: Path) -> str:
    """Changes whenever something changes that a model is made from."""
    digest = hashlib.sha256()
    for pattern in _LEARNT_FROM:
        for path in sorted(root.glob(pattern)):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def model_path(root: Path) -> Path:
    """Where the model of the present examples is or will be."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def train(root: Path) -> Path:
    """Trains, and returns the model's path. Raises TrainingFailed."""
    target = model_path(root)
    with contextlib.chdir(root):
        os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")  # a cached part saves less than writing it costs
        result = rasa_train(
            "domain.yml", "config.yml", [], str(target.parent), fixed_model_name=target.name, force_training=True
        )
    if result.code != 0 or not result.model:
        raise TrainingFailed("Rasa could not train a model; its report stands above.")
    return Path(result.model)
