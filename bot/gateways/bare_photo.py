"""Photos without what a telephone writes into them: the place, the owner, the device."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from PIL import Image

_ORIENTATION: Final = 0x0112  # the one mark that stays: without it the photo lies on its side
_HOW: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": "keep", "comment": b"", "xmp": b""},
    "MPO": {"quality": 90, "comment": b"", "xmp": b""},
    "PNG": {},
    "WEBP": {"quality": 90, "xmp": b""},
}
_TURNS: Final = range(1, 9)  # anything else in its place is no orientation, but might be words
_MOST_PIXELS: Final = 64_000_000  # a bigger one is a trap, or takes more memory than it is worth


def bare_photo(data: bytes) -> bytes:
    """The same photo, bare; as it was when it is of a kind that cannot be read here (HEIC, an animation)."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.format not in _HOW or image.width * image.height > _MOST_PIXELS or _moves(image):
                return data
            return _saved(image, image.format)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data


def _saved(image: Image.Image, kind: str) -> bytes:
    marks = Image.Exif()
    if (turned := image.getexif().get(_ORIENTATION)) in _TURNS:
        marks[_ORIENTATION] = turned
    out = BytesIO()
    image.save(
        out,
        "JPEG" if kind == "MPO" else kind,
        exif=marks.tobytes(),
        icc_profile=image.info.get("icc_profile"),
        **_HOW[kind],
    )
    return out.getvalue()


def _moves(image: Image.Image) -> bool:
    return image.format != "MPO" and getattr(image, "n_frames", 1) > 1
