"""A photo tells nothing of where and with what it was taken."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.core.message import Kind
from bot.gateways.bare_photo import bare_photo
from bot.gateways.file_vault import FileVault

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def photo(kind: str) -> bytes:
    """Red above, blue below, taken in Leeuwarden with Noor's telephone, lying on its side."""
    image = Image.new("RGB", (32, 16), "red")
    image.paste("blue", (0, 8, 32, 16))
    marks = Image.Exif()
    marks[MAKE], marks[ORIENTATION] = "Noors telefoon", 6
    marks.get_ifd(GPS)[2] = (53.0, 12.0, 0.0)
    more = PngInfo()
    more.add_text("Author", "Noors telefoon")
    out = BytesIO()
    extra = {"pnginfo": more} if kind == "PNG" else {"comment": b"Noors telefoon"} if kind == "JPEG" else {}
    image.save(out, kind, exif=marks, **extra)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_are_gone_and_the_picture_stays_the_right_way_up(kind: str) -> None:
    before = photo(kind)
    assert b"Noors telefoon" in before
    after = bare_photo(before)
    assert b"Noors telefoon" not in after
    with Image.open(BytesIO(after)) as image:
        marks = image.getexif()
        assert dict(marks) == {ORIENTATION: 6}
        assert not marks.get_ifd(GPS)
        assert image.size == (32, 16)
        red, green, blue = image.convert("RGB").getpixel((16, 2))  # type: ignore[misc]
        assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_what_stands_in_the_place_of_the_orientation_is_no_hindrance() -> None:
    marks, out = Image.Exif(), BytesIO()
    marks[ORIENTATION] = 900
    Image.new("RGB", (4, 4), "red").save(out, "JPEG", exif=marks.tobytes())
    with Image.open(BytesIO(bare_photo(out.getvalue()))) as image:
        assert not dict(image.getexif())


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 broken", b"\0\0\0\x18ftypheic"])
def test_what_cannot_be_read_stays_as_it_is(data: bytes) -> None:
    assert bare_photo(data) == data


def test_a_moving_picture_keeps_moving() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert bare_photo(out.getvalue()) == out.getvalue()


async def test_a_kept_photo_is_bare(tmp_path: Path) -> None:
    vault = FileVault(tmp_path, (Fernet.generate_key().decode(),))
    file = await vault.keep(photo("JPEG"), Kind.PHOTO, "brief.jpg")
    kept = await vault.open(file)
    assert kept is not None
    assert b"Noors telefoon" not in kept
    assert file.size == len(kept)
