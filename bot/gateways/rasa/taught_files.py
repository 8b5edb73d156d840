"""The files of taught models: what nobody needs any more is erased."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from pathlib import Path
from typing import Final

TAUGHT: Final = "taught-"  # begins the name of every file


class TaughtFiles:
    """The folder of taught models, which may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def erase(self, keep: Collection[str], before: float) -> int:
        """Erases models that are not in `keep` and older than a Unix time, with what goes with them; how many."""
        return await asyncio.to_thread(self._erase, frozenset(keep), before)

    def _erase(self, keep: frozenset[str], before: float) -> int:
        gone = 0
        for path in self._folder.glob(f"{TAUGHT}*.tar.gz"):
            if path.name not in keep and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                path.with_name(path.name.removesuffix(".tar.gz") + ".tested.json").unlink(missing_ok=True)
                gone += 1
        return gone
