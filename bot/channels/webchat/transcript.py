"""The conversation so far, kept by the page itself: the server holds none.

Without JavaScript it travels in a hidden field, sealed so that nobody can read or change it on the way.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from cryptography.fernet import InvalidToken

from bot.core.message import Button, ButtonStyle, File, Kind, Outgoing

FORGOTTEN: Final = "utter_forgotten"  # the key of the last thing said before everything is gone
MAX_TURNS: Final = 60  # bubbles that are kept
MAX_TOKEN: Final = 128 * 1024  # characters in the hidden field
_SECONDS: Final = 24 * 3600


class Cipher(Protocol):
    """Fernet or MultiFernet."""

    def encrypt(self, msg: bytes) -> bytes:
        """Seals."""
        ...

    def decrypt(self, msg: bytes | str, ttl: int | None = None) -> bytes:
        """Opens, if it is not older than `ttl` seconds. Raises InvalidToken."""
        ...


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing said: by the resident (`mine`) or by the assistant (`outgoing`)."""

    at: datetime
    mine: str = ""
    outgoing: Outgoing | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in one chat, oldest first."""

    address: str
    bubbles: tuple[Bubble, ...] = ()

    def and_then(self, *bubbles: Bubble) -> Transcript:
        """With more said; "everything is gone" leaves nothing of what came before it."""
        said = [*self.bubbles, *bubbles]
        gone = [n for n, bubble in enumerate(said) if bubble.outgoing and bubble.outgoing.key == FORGOTTEN]
        return replace(self, bubbles=tuple(said[gone[-1] if gone else 0 :][-MAX_TURNS:]))

    def label_of(self, data: str) -> str:
        """The words on the last button with this data, or ""."""
        for bubble in reversed(self.bubbles):
            for row in bubble.outgoing.buttons if bubble.outgoing else ():
                for button in row:
                    if button.data == data:
                        return button.label
        return ""


def seal(transcript: Transcript, cipher: Cipher) -> str:
    """The transcript for the hidden field; its oldest half is left out as long as it is too long."""
    raw = json.dumps({"a": transcript.address, "b": [_plain(b) for b in transcript.bubbles]}, ensure_ascii=False)
    token = cipher.encrypt(zlib.compress(raw.encode("utf-8", "replace"))).decode()
    if len(token) <= MAX_TOKEN:
        return token
    half = (len(transcript.bubbles) + 1) // 2
    return seal(replace(transcript, bubbles=transcript.bubbles[half:]), cipher)


def unseal(token: str, cipher: Cipher) -> Transcript | None:
    """The transcript in a hidden field, or None if we did not seal it or it is more than a day old."""
    if not token or len(token) > MAX_TOKEN:
        return None
    try:
        raw = json.loads(zlib.decompress(cipher.decrypt(token.encode("ascii", "replace"), ttl=_SECONDS)))
    except (InvalidToken, zlib.error):  # or sealed by us as something else
        return None
    return Transcript(raw["a"], tuple(_bubble(item) for item in raw["b"]))


def _plain(bubble: Bubble) -> dict[str, Any]:
    at = bubble.at.isoformat()
    return {"t": at, "o": asdict(bubble.outgoing)} if bubble.outgoing else {"t": at, "m": bubble.mine}


def _bubble(raw: dict[str, Any]) -> Bubble:
    at = datetime.fromisoformat(raw["t"])
    if "o" not in raw:
        return Bubble(at, mine=raw["m"])
    said = raw["o"]
    rows = tuple(
        tuple(Button(**{**button, "style": ButtonStyle(button["style"])}) for button in row) for row in said["buttons"]
    )
    file = File(**{**said["file"], "kind": Kind(said["file"]["kind"])}) if said.get("file") else None
    return Bubble(at, outgoing=Outgoing(**{**said, "buttons": rows, "notes": tuple(said["notes"]), "file": file}))
