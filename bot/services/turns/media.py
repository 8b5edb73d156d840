"""What a file is, read from its first bytes: a name or a header may say anything."""

from __future__ import annotations

from typing import Final

from bot.core.message import Kind

UNKNOWN: Final = "application/octet-stream"
_SIGNS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
)
# These hold sound, or pictures that move: the bytes in front do not tell which.
_WRAPPINGS: Final = ((0, b"OggS", "ogg"), (0, b"\x1aE\xdf\xa3", "webm"), (4, b"ftyp", "mp4"))
_KINDS: Final = {"image": Kind.PHOTO, "audio": Kind.VOICE, "video": Kind.VIDEO}
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})


def media_type(data: bytes, kind: Kind) -> str:
    """The media type of a file of this kind; UNKNOWN for what is neither picture, sound nor film."""
    for start, sign, told in _SIGNS:
        if data.startswith(sign, start):
            return told
    family = "video" if kind is Kind.VIDEO else "audio"
    return next((f"{family}/{name}" for start, sign, name in _WRAPPINGS if data.startswith(sign, start)), UNKNOWN)


def kind_of(data: bytes, declared: str) -> Kind | None:
    """PHOTO, VOICE or VIDEO, or None for anything else. `declared` (a media type) counts only between the last two."""
    told = media_type(data, Kind.VIDEO if declared.startswith("video/") else Kind.VOICE)
    return _KINDS.get(told.partition("/")[0])


def safe_to_show(media: str) -> bool:
    """May a browser show this in a page of ours? All else it must save: a page may hide in anything."""
    return media in _SHOWN or media.startswith(("audio/", "video/"))
