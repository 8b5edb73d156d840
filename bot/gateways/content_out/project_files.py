"""Files of the project that an export changes: read once, changed in memory, written together at the end."""

from __future__ import annotations

import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from bot.gateways.content_out.yaml_patch import patched
from bot.gateways.content_out.yaml_words import entry


class ProjectFiles:
    """YAML files under a root, by their path from there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._texts: dict[str, str] = {}
        self._wanted: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """What the file shall say, to be changed in place. Raises FileNotFoundError."""
        if name not in self._wanted:
            text = (self.root / name).read_bytes().decode("utf-8")
            self._texts[name] = text
            self._wanted[name] = yaml.load(text, Loader=yaml.CSafeLoader)
        return self._wanted[name]

    def opened(self, name: str, new: dict[str, Any]) -> Any:
        """The same, or a new file that begins with this."""
        if name not in self._wanted and not (self.root / name).exists():
            self._wanted[name] = deepcopy(new)
        return self[name]

    def names(self, folder: str) -> list[str]:
        """The YAML files of a folder."""
        return [f"{folder}/{path.name}" for path in sorted((self.root / folder).glob("*.yml"))]

    def changed(self) -> dict[str, str]:
        """The new text of every file that will say something else. Raises ContentError."""
        texts = {name: self._text(name, wanted) for name, wanted in self._wanted.items()}
        return {name: text for name, text in texts.items() if text != self._texts.get(name)}

    def _text(self, name: str, wanted: Any) -> str:
        text = self._texts.get(name)
        if text is None:
            return "".join(f"{entry(key, value, 0)}\n" for key, value in wanted.items())
        if "\r\n" in text:
            return patched(text.replace("\r\n", "\n"), wanted).replace("\n", "\r\n")
        return patched(text, wanted)


def write(root: Path, texts: dict[str, str]) -> list[Path]:
    """Each file whole, in place of the old one."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(text.encode("utf-8"))
        os.replace(beside, path)  # noqa: PTH105 - the same in both, and known to be atomic
    return [root / name for name in texts]
