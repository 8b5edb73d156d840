"""Pictograms drawn as PNG, for channels that take no SVG."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import resvg_py
from PIL import Image

_SIZE: Final = 320
_MARGIN: Final = 40
_COLUMNS: Final = 3
_ID: Final = re.compile(r"[a-z0-9_\-]+")


class Pictures:
    """The pictograms of a folder of SVG files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn = lru_cache(maxsize=256)(self._draw)

    def png(self, ids: str) -> bytes | None:
        """One pictogram, or several ("a+b+c") in a grid, on white; None when there is none of them."""
        return self._drawn(ids) if ids else None

    def svg(self, name: str) -> bytes | None:
        """The SVG file of one pictogram, or None."""
        path = self._folder / f"{name}.svg"
        return path.read_bytes() if _ID.fullmatch(name) and path.is_file() else None

    def _draw(self, ids: str) -> bytes | None:
        tiles = [tile for name in ids.split("+") if (tile := self._tile(name)) is not None]
        if not tiles:
            return None
        columns = min(len(tiles), _COLUMNS)
        rows = -(-len(tiles) // columns)
        step = _SIZE + _MARGIN
        canvas = Image.new("RGB", (columns * step + _MARGIN, rows * step + _MARGIN), "white")
        for index, tile in enumerate(tiles):
            at = (_MARGIN + index % columns * step, _MARGIN + index // columns * step)
            canvas.paste(tile, at, tile)
        out = io.BytesIO()
        canvas.quantize(32).save(out, "PNG", optimize=True)
        return out.getvalue()

    def _tile(self, name: str) -> Image.Image | None:
        svg = self.svg(name)
        if svg is None:
            return None
        png = resvg_py.svg_to_bytes(svg_string=svg.decode(), width=_SIZE, height=_SIZE)
        return Image.open(io.BytesIO(bytes(png))).convert("RGBA").resize((_SIZE, _SIZE))
