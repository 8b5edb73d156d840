"""`buurtvraag demo` as it is installed: once, only in an empty database, and never among real residents."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("buurtvraag")


def demo(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "var"), "TELEGRAM_TOKEN": ""} | settings
    return subprocess.run(
        [str(COMMAND), "demo"], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_demo_is_made_once_and_a_second_try_changes_nothing(tmp_path: Path) -> None:
    first, second = demo(tmp_path), demo(tmp_path)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "There is a demo neighbourhood now." in first.stdout
    assert "nothing was changed" in second.stdout
    assert (tmp_path / "var" / "buurtvraag.db").is_file()


def test_with_telegram_no_made_up_team_is_put_between_residents_and_help(tmp_path: Path) -> None:
    refused = demo(tmp_path, TELEGRAM_TOKEN="123:abc")
    assert refused.returncode == 1
    assert "TELEGRAM_TOKEN is set" in refused.stderr
    assert not (tmp_path / "var" / "buurtvraag.db").exists()
