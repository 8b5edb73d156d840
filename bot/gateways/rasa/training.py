"""Training, as a program: `python -m bot.gateways.rasa.training ROOT MODEL`."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from rasa.model_training import train as rasa_train


def train(root: Path, model: Path) -> int:
    """From `nlu/`, `domain.yml` and `config.yml` of a folder to one model file. Returns Rasa's exit code."""
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))  # many sentences are encoded at once
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")  # a cached part saves less than writing it costs
    with contextlib.chdir(root):
        result = rasa_train(
            "domain.yml",
            "config.yml",
            [],
            str(model.parent),
            fixed_model_name=model.name,
            force_training=True,
        )
    return int(result.code)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])  # config.yml names components in nlu/
    sys.exit(train(Path(sys.argv[1]), Path(sys.argv[2])))
