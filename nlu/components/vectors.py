"""Encoded examples, kept: a sentence that was encoded once need not be encoded at every training.

Two files hold them: `nlu/vectors.npz`, which comes with the project and is written by `make vectors`, and
one beside the models, which is written by every training that met new sentences. A vector is kept as 8-bit
numbers and a scale, under a hash of its text and of the encoder; nothing else than speed depends on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Vectors]

SHIPPED: Final = Path(__file__).parents[1] / "vectors.npz"
LOCAL: Final = Path("models") / "vectors.npz"  # of the project that is being trained
_AT_ONCE: Final = 256  # texts that are encoded together
_LARGEST: Final = 127


class Shelf:
    """Vectors by text, of one encoder."""

    def __init__(self, encoder_name: str, *files: Path) -> None:
        self._name = encoder_name
        self._kept: dict[bytes, tuple[npt.NDArray[np.int8], np.float32]] = {}
        for file in files:
            self._read(file)

    def vectors(self, texts: list[str], encode: Encode) -> tuple[Vectors, int]:
        """The vectors of n texts, shape (n, dimensions), and how many of them had to be encoded."""
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept}
        pending = sorted(new, key=lambda key: len(new[key]))
        for start in range(0, len(pending), _AT_ONCE):
            batch = pending[start : start + _AT_ONCE]
            for key, vector in zip(batch, encode([new[key] for key in batch]), strict=True):
                scale = max(float(np.abs(vector).max()), 1e-9) / _LARGEST
                self._kept[key] = (np.round(vector / scale).astype(np.int8), np.float32(scale))
        rows = [self._kept[key] for key in keys]
        return np.stack([row * scale for row, scale in rows]).astype(np.float32), len(new)

    def write(self, file: Path, texts: list[str]) -> None:
        """Keeps the vectors of these texts in a file, in an order that depends on nothing else."""
        keys = sorted({self._key(text) for text in texts})
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as handle:
            np.savez_compressed(
                handle,
                keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1),
                rows=np.stack([self._kept[key][0] for key in keys]),
                scales=np.array([self._kept[key][1] for key in keys], dtype=np.float32),
            )

    def _read(self, file: Path) -> None:
        if not file.is_file():
            return
        try:
            with np.load(file) as kept:
                keys, rows, scales = kept["keys"], kept["rows"], kept["scales"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # cut short: encoding again mends it
            return
        self._kept |= {key.tobytes(): (row, scale) for key, row, scale in zip(keys, rows, scales, strict=True)}

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self._name}\0{text}".encode(), digest_size=10).digest()
