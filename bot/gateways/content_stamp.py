"""Translations marked as made from the Dutch text of this moment, in their own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from bot.core.content import Content
from bot.core.drift import source_hash
from bot.core.language import LANGUAGES, SOURCE

# The value as it may stand there: nothing, null, or an older fingerprint with or without quotes.
_VALUE: Final = re.compile(r"""(?<![\w"'])translates:[ \t]*(?:null\b|~|"[^"\n]*"|'[^'\n]*'|[0-9a-z]+)?""")


def stamp(folder: Path, content: Content) -> int:
    """Writes the fingerprint of the Dutch text into every translation in `folder`; returns how many changed.

    Only the value of `translates:` is touched: comments, folds and line ends stay as they are. An answer
    without that line, or without a Dutch text, is left alone.
    """
    changed = 0
    for language in LANGUAGES:
        if language != SOURCE:
            for path in sorted((folder / language).glob("*.yml")):
                changed += _stamp_file(path, content)
    return changed


def _stamp_file(path: Path, content: Content) -> int:
    before = path.read_bytes().decode("utf-8")
    lines = before.split("\n")
    changed = 0
    for key, line in _places(before):
        source = content.answers.get((key, SOURCE))
        if source is None:
            continue
        # In quotes: YAML reads some fingerprints as numbers.
        stamped = _VALUE.sub(f'translates: "{source_hash(source)}"', lines[line], count=1)
        changed += stamped != lines[line]
        lines[line] = stamped
    if changed:
        path.write_bytes("\n".join(lines).encode("utf-8"))
    return changed


def _places(text: str) -> Iterator[tuple[str, int]]:
    """The key of every answer and the line (from 0) where its `translates:` stands."""
    for key, variants in _children(yaml.compose(text, Loader=yaml.CSafeLoader), "responses"):
        for variant in variants.value if isinstance(variants, yaml.SequenceNode) else ():
            for name, value in _children(variant, "metadata", keys=True):
                if name == "translates":
                    yield key, value.start_mark.line


def _children(node: yaml.Node | None, name: str, *, keys: bool = False) -> Iterator[tuple[str, yaml.Node]]:
    """Names and values of the mapping under a name; with `keys` the nodes of the names, not of the values."""
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        if key.value == name and isinstance(value, yaml.MappingNode):
            yield from ((k.value, k if keys else v) for k, v in value.value)
