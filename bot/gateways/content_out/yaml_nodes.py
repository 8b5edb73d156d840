"""The nodes of a YAML document: what they say in plain words, and on which line they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml


def place_of(node: yaml.Node) -> str:
    """Where it stands, as people are told."""
    return f"line {node.start_mark.line + 1}"


def line_of(node: yaml.Node, steps: list[str]) -> str:
    """Where the part of it stands that these steps lead to, or the nearest part around that."""
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
            node = node.value[int(step)]
    return place_of(node)


def plain(node: yaml.Node) -> Any:
    """The words as they stand: no text is ever taken for a number, a date or a yes."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    return node.value


def doubles(node: yaml.Node, *, deep: bool = True) -> Iterator[yaml.ScalarNode]:
    """Names that stand twice in one mapping; with `deep` also in those within it."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                yield key
            seen.add(str(key.value))
            if deep:
                yield from doubles(value)
    elif isinstance(node, yaml.SequenceNode) and deep:
        for value in node.value:
            yield from doubles(value)
