"""Files at rest: sealed, found again, wiped, and never half."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.errors import StoreUnusable
from bot.core.message import File, Kind
from bot.gateways.file_vault import FileVault

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    return FileVault(tmp_path / "files", (OLD,))


async def test_a_file_comes_back_as_it_was_and_lies_sealed_meanwhile(vault: FileVault, tmp_path: Path) -> None:
    file = await vault.keep(b"my letter", Kind.PHOTO, "C:\\brieven\\brief van Noor.jpg")
    assert await vault.open(file) == b"my letter"
    assert (file.channel, file.kind, file.size, file.name) == ("web", Kind.PHOTO, 9, "brief van Noor.jpg")
    (path,) = (tmp_path / "files").iterdir()
    assert b"letter" not in path.read_bytes()
    assert "Noor" not in path.name


@pytest.mark.parametrize(
    ("given", "name"),
    [("../../etc/passwd", "passwd"), ("a\x00b\n.jpg", "ab.jpg"), ("x" * 200 + ".ogg", "x" * 76 + ".ogg"), ("", "")],
)
async def test_a_name_is_only_ever_the_last_part_of_one(vault: FileVault, given: str, name: str) -> None:
    assert (await vault.keep(b"a", Kind.PHOTO, given)).name == name


async def test_a_wiped_file_is_gone_also_the_second_time(vault: FileVault, tmp_path: Path) -> None:
    file = await vault.keep(b"a", Kind.PHOTO, "")
    await vault.wipe(file)
    await vault.wipe(file)
    assert await vault.open(file) is None
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.parametrize("file_id", ["../secret", "/etc/passwd", "", "A" * 43])
async def test_no_file_outside_the_folder_is_read_or_wiped(vault: FileVault, tmp_path: Path, file_id: str) -> None:
    (tmp_path / "secret").write_text("key")
    file = File("web", file_id, Kind.PHOTO)
    assert await vault.open(file) is None
    await vault.wipe(file)
    assert (tmp_path / "secret").read_text() == "key"


async def test_files_of_other_channels_are_not_ours(vault: FileVault) -> None:
    file = await vault.keep(b"a", Kind.PHOTO, "")
    elsewhere = File("telegram", file.id, Kind.PHOTO)
    assert await vault.open(elsewhere) is None
    await vault.wipe(elsewhere)
    assert await vault.open(file) == b"a"


async def test_after_a_change_of_keys_old_files_still_open_and_without_the_key_they_do_not(tmp_path: Path) -> None:
    file = await FileVault(tmp_path, (OLD,)).keep(b"a", Kind.PHOTO, "")
    assert await FileVault(tmp_path, (NEW, OLD)).open(file) == b"a"
    assert await FileVault(tmp_path, (NEW,)).open(file) is None


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(StoreUnusable, match="DATA_DIR"):
        await FileVault(tmp_path / "files", (OLD,)).keep(b"a", Kind.PHOTO, "")


async def test_what_nobody_needs_any_more_is_swept_away(vault: FileVault, tmp_path: Path) -> None:
    needed, left = await vault.keep(b"a", Kind.PHOTO, ""), await vault.keep(b"b", Kind.PHOTO, "")
    (tmp_path / "files" / "half.part").write_bytes(b"killed")
    now = datetime.now(UTC)
    assert await vault.sweep({needed.id}, now - timedelta(hours=1)) == 0
    assert await vault.sweep({needed.id}, now + timedelta(hours=1)) == 2
    assert await vault.open(needed) == b"a"
    assert await vault.open(left) is None
    assert await FileVault(tmp_path / "none", (OLD,)).sweep((), now) == 0


def test_a_key_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable):
        FileVault(tmp_path, ("x",))
