"""Addresses of files on our pages: sealed, so that they tell nothing and open for one chat only."""

from __future__ import annotations

import json

from cryptography.fernet import InvalidToken

from bot.channels.webchat.transcript import Cipher
from bot.core.message import File, Kind


class FileLinks:
    """Makes and reads them. The server keeps nothing: the address itself says which file, and whose."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def address(self, chat_address: str, file: File) -> str:
        """Where the visitor with this chat, and nobody else, finds the file."""
        told = [chat_address, file.channel, file.id, file.kind.value, file.size, file.name]
        return "/files/" + self._cipher.encrypt(json.dumps(told).encode()).decode()

    def read(self, token: str, chat_address: str) -> File | None:
        """The file of an address; None for what we did not make, or made for another chat."""
        try:
            owner, channel, file_id, kind, size, name = json.loads(
                self._cipher.decrypt(token.encode("ascii", "replace"))
            )
        except (InvalidToken, ValueError):  # or sealed by us as something else
            return None
        return File(channel, file_id, Kind(kind), size, name) if owner == chat_address else None
