"""Files that residents sent in their browser: sealed, in a folder, under names that say nothing."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.core.errors import StoreUnusable
from bot.core.message import File, Kind
from bot.gateways.bare_photo import bare_photo

log = structlog.get_logger("files")
CHANNEL: Final = "web"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 random bits
_LONGEST_NAME: Final = 80


class FileVault:
    """Keeps files in a folder that is made when it is needed. `keys` are Fernet keys, newest first.

    See `services.files.Files`.
    """

    def __init__(self, folder: Path, keys: tuple[str, ...]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise StoreUnusable("A key in SECRET_KEYS is not a Fernet key (44 characters, URL-safe base64).") from error
        self._folder = folder

    async def keep(self, data: bytes, kind: Kind, name: str) -> File:
        """Seals and keeps a file, a photo without its marks. Raises StoreUnusable when the folder takes none."""
        if kind is Kind.PHOTO:
            data = await asyncio.to_thread(bare_photo, data)
        file = File(CHANNEL, secrets.token_urlsafe(32), kind, len(data), _plain(name))
        try:
            await asyncio.to_thread(self._write, file.id, data)
        except OSError as error:
            log.error("file not kept", error=type(error).__name__)
            raise StoreUnusable("The folder for files (DATA_DIR/files) cannot be written to, or is full.") from error
        return file

    async def open(self, file: File) -> bytes | None:
        """What is in the file; None when it is gone, or none of our keys opens it."""
        if not _ours(file):
            return None
        try:
            return await asyncio.to_thread(self._read, file.id)
        except (OSError, InvalidToken) as error:
            log.warning("file not opened", file=file.id[:8], error=type(error).__name__)
            return None

    async def wipe(self, file: File) -> None:
        """The file is gone."""
        if _ours(file):
            await asyncio.to_thread((self._folder / file.id).unlink, missing_ok=True)

    async def sweep(self, needed: Collection[str], before: datetime) -> int:
        """Wipes every file from before a moment whose id nobody needs any more. Returns how many."""
        return await asyncio.to_thread(self._sweep, frozenset(needed), before.timestamp())

    def _write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Under another name until it is whole: a process that is killed leaves no half a file.
        unfinished = self._folder / f"{name}.part"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(self._fernet.encrypt(data))
        unfinished.replace(self._folder / name)

    def _read(self, name: str) -> bytes:
        return self._fernet.decrypt((self._folder / name).read_bytes())

    def _sweep(self, needed: frozenset[str], before: float) -> int:
        found = list(self._folder.iterdir()) if self._folder.is_dir() else []
        old = [path for path in found if path.name not in needed and path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def _ours(file: File) -> bool:
    return file.channel == CHANNEL and _NAME.fullmatch(file.id) is not None


def _plain(name: str) -> str:
    """The last part of a file's name, without signs that cannot be seen; its end stays, which tells its sort."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-_LONGEST_NAME:]
