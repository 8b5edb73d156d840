"""Stamping writes one value and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.core.content import Answer, Content
from bot.core.drift import source_hash
from bot.gateways.content_stamp import stamp

GREET = Answer("utter_greet", "nl", "Hallo.")
CONTENT = Content({("utter_greet", "nl"): GREET}, {}, {}, {}, (), (), {}, (), {}, {}, {}, frozenset())
FILE = """version: "3.1"
# a comment that says translates: null
responses:
  utter_greet:
  - text: >-
      Hello.
      translates: null
    metadata:
      pictogram: home   # kept
      translates: %s   # kept too
  utter_unknown:
  - text: Bye.
    metadata: {translates: null}
"""


def written(folder: Path, value: str = "null", newline: str = "\n") -> Path:
    path = folder / "en" / "meta.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((FILE % value).replace("\n", newline).encode())
    return path


@pytest.mark.parametrize("value", ["null", "~", "", '"0123456789abcdef"', "0123456789abcdef", "''"])
def test_a_translation_gets_the_fingerprint_of_the_dutch_text(tmp_path: Path, value: str) -> None:
    path = written(tmp_path, value)
    assert stamp(tmp_path, CONTENT) == 1
    read = yaml.safe_load(path.read_text())["responses"]
    assert read["utter_greet"][0]["metadata"]["translates"] == source_hash(GREET)
    assert read["utter_unknown"][0]["metadata"]["translates"] is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_rest_of_the_file_stays_byte_for_byte(tmp_path: Path, newline: str) -> None:
    path = written(tmp_path, newline=newline)
    before = path.read_bytes().split(b"\n")
    stamp(tmp_path, CONTENT)
    after = path.read_bytes().split(b"\n")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [old.strip() for old, _ in changed] == [b"translates: null   # kept too"]


def test_stamping_twice_changes_nothing(tmp_path: Path) -> None:
    written(tmp_path)
    stamp(tmp_path, CONTENT)
    assert stamp(tmp_path, CONTENT) == 0


def test_the_dutch_files_are_never_touched(tmp_path: Path) -> None:
    written(tmp_path).rename(tmp_path / "meta.yml")
    (tmp_path / "nl").mkdir()
    source = (tmp_path / "meta.yml").rename(tmp_path / "nl" / "meta.yml")
    before = source.read_bytes()
    assert stamp(tmp_path, CONTENT) == 0
    assert source.read_bytes() == before
