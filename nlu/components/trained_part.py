"""What a component of another model learnt: read from its file, to build on."""

from __future__ import annotations

import tarfile
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=4)
def trained_part(model: Path, name: str) -> bytes:
    """What a component kept under a file's name ("topics.pickle").

    Raises OSError or tarfile.TarError when the model cannot be read, and LookupError when it has no such part.
    """
    with tarfile.open(model, "r:gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if Path(member.name).name == name else None
            if file is not None:
                return file.read()
    raise LookupError(f"{model.name} was trained by an earlier version: train again")
