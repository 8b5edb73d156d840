"""A YAML text changed into what it shall say, with the least change: comments, order and folds stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import yaml

from bot.core.errors import ContentError
from bot.gateways.content_out.yaml_places import Edit, YamlPlaces
from bot.gateways.content_out.yaml_words import entry, inline, item, written


def patched(text: str, wanted: Any) -> str:
    """The text, so that it reads as `wanted`. Raises ContentError when that cannot be done."""
    loader = yaml.CSafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise ContentError("export", "a file that shall change is empty")
        now = loader.construct_document(root)
    finally:
        loader.dispose()
    out = text
    edits = sorted(_Patch(text).edits(root, now, wanted), key=lambda edit: edit[:2], reverse=True)
    for start, end, put in edits:
        out = out[:start] + put + out[end:]
    if yaml.load(out, Loader=yaml.CSafeLoader) != wanted:
        raise ContentError("export", "a file could not be changed without changing more than it should")
    return out


class _Patch:
    """Edits of one text."""

    def __init__(self, text: str) -> None:
        self._text, self._places = text, YamlPlaces(text)

    def edits(self, node: yaml.Node, now: Any, wanted: Any) -> Iterator[Edit]:
        """What to change so that a node that says `now` says `wanted`."""
        if now == wanted and _told(now) == _told(wanted):
            return
        block = isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value) and bool(wanted)
        if isinstance(node, yaml.MappingNode) and _is_step_by_step(now, wanted, block=block):
            yield from self._mapping(node, now, wanted)
        elif block and isinstance(node, yaml.SequenceNode) and isinstance(wanted, list):
            yield from self._sequence(node, now, wanted)
        else:
            yield self._whole(node, wanted)

    def _whole(self, node: yaml.Node, wanted: Any) -> Edit:
        """The value anew, after its colon or dash."""
        start = self._places.at(node.start_mark)
        line = self._places.line_start(start)
        before = self._text[line:start]
        if before.strip():  # on the line of its key
            indent = len(before) - len(before.lstrip(" -"))
            in_brackets = "{" in before or "[" in before
            put = inline(wanted) if in_brackets else written(wanted, indent)
            at = start if in_brackets else line + len(before.rstrip(" "))
            return at, self._places.end(node), put
        parent = self._text.rfind(":", 0, line) + 1
        above = self._text[self._places.line_start(parent) : parent]
        return parent, self._places.end(node), written(wanted, len(above) - len(above.lstrip(" -")))

    def _mapping(self, node: yaml.MappingNode, now: dict[str, Any], wanted: dict[str, Any]) -> Iterator[Edit]:
        places = [(key.value if isinstance(key.value, str) else "", key, value) for key, value in node.value]
        indent = node.start_mark.column
        for (name, key, value), told in zip(places, now, strict=True):
            if told not in wanted:
                yield self._places.without(self._places.at(key.start_mark), self._places.end(value))
            else:
                yield from self.edits(value, now[name if name in now else told], wanted[told])
        gap = self._places.gap([self._places.at(key.start_mark) for _, key, _ in places])
        added = [entry(key, value, indent) for key, value in wanted.items() if key not in now]
        yield from self._places.added(self._places.end(places[-1][2]), added, indent, gap)

    def _sequence(self, node: yaml.SequenceNode, now: list[Any], wanted: list[Any]) -> Iterator[Edit]:
        indent = node.start_mark.column
        matcher = SequenceMatcher(None, [_told(one) for one in now], [_told(one) for one in wanted], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind == "equal":
                continue
            if kind == "replace" and b - a == d - c:
                for at in range(b - a):
                    yield from self.edits(node.value[a + at], now[a + at], wanted[c + at])
                continue
            for gone in node.value[a:b]:
                yield self._places.without(self._places.dash(gone), self._places.end(gone))
            added = [item(one, indent) for one in wanted[c:d]]
            if a or not added:
                yield from self._places.added(self._places.end(node.value[a - 1]), added, indent)
            else:
                first = self._places.dash(node.value[0])
                yield first, first, "".join(f"{one}\n{' ' * indent}" for one in added)


def _order(value: Any) -> Any:
    return list(value) if isinstance(value, dict) else None


def _is_step_by_step(now: Any, wanted: Any, *, block: bool) -> bool:
    """Can a mapping be changed value by value? In brackets only when its names stay as they are."""
    if not isinstance(wanted, dict) or not wanted:
        return False
    return _order(now) == _order(wanted) or (block and _only_appended(now, wanted))


def _only_appended(now: Any, wanted: dict[str, Any]) -> bool:
    """What stays keeps its order, and what is new comes last."""
    if not isinstance(now, dict) or not all(isinstance(key, str) for key in now):
        return False
    kept = [key for key in now if key in wanted]
    return bool(kept) and [*kept, *(key for key in wanted if key not in now)] == list(wanted)


def _told(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
