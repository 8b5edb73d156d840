"""Passwords: kept as argon2id hashes, and which ones are good enough."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
_AT_ONCE: Final = 2  # one hash takes 64 MB
_FEWEST_LETTERS: Final = 5  # different ones


class Passwords:
    """Hashes and checks, a few at a time and never on the loop."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106, low memory
        self._pool = ThreadPoolExecutor(_AT_ONCE, "argon2")
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """What is kept of a password."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._hasher.hash, password)

    async def verify(self, kept: str, password: str) -> bool:
        """Is it this password? Takes the same time when nothing is kept ("")."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._verify, kept, password)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept or self._nobody, password[:LONGEST]) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def weakness(password: str, repeated: str) -> str:
    """Why a new password, typed twice, will not do, as an English sentence of the desk; "" when it will."""
    if len(password) < SHORTEST:
        return "The password needs at least 12 characters. Four words in a row are easy to remember."
    if len(password) > LONGEST:
        return "The password is longer than 200 characters."
    if len(set(password.lower())) < _FEWEST_LETTERS:
        return "The password repeats the same few characters. Choose another one."
    if password != repeated:
        return "The two passwords are not the same."
    return ""
