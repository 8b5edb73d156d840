"""A YAML document of content read in: all of it or nothing, every problem with its line."""

from __future__ import annotations

from typing import Any, Final

import yaml
from pydantic import ValidationError

from bot.core.entry import Body, Kind, Ref
from bot.core.file_read import FileRead
from bot.gateways.content_out.problems import NO_ENTRY, Problems, refused
from bot.gateways.content_out.refs import wrong_with
from bot.gateways.content_out.shapes import body_of
from bot.gateways.content_out.yaml_history import history_in
from bot.gateways.content_out.yaml_nodes import doubles, line_of, place_of, plain
from bot.gateways.content_out.yaml_out import FORMAT

MOST_BYTES: Final = 20_000_000
_DEEPEST: Final = 12
_MOST_NODES: Final = 300_000  # of our own export: 46,000
_PARTS: Final = ("format", "entries", "changes")


def from_yaml(data: bytes) -> dict[Ref, Body | None]:
    """The entries of a document: see `read_yaml`."""
    return dict(read_yaml(data).entries)


def read_yaml(data: bytes) -> FileRead:
    """The entries, None for one that was removed, and how Dutch answers changed. Raises ImportRefused."""
    parts, problems = _parts(_document(data)), Problems()
    entries, changes = parts.get("entries"), parts.get("changes")
    if not isinstance(entries, yaml.SequenceNode):
        raise refused("line 1", "There is no list “entries” in the file.")
    found = _entries(entries, problems)
    history = history_in(changes, problems) if changes else {}
    problems.refuse_if_any()
    return FileRead(found, history=history)


def _entries(entries: yaml.SequenceNode, problems: Problems) -> dict[Ref, Body | None]:
    found: dict[Ref, Body | None] = {}
    for node in entries.value:
        place = place_of(node)
        ref, fields = _read(node, place, problems)
        if ref is None:
            continue
        if ref in found:
            problems.add(place, f"{_named(ref)} is in the file twice. Keep one of them.")
        elif fields.pop("removed", "false") == "true":
            found[ref] = None
        elif body := _body(ref, fields, node, problems):
            found[ref] = body
    return found


def _document(data: bytes) -> yaml.MappingNode:
    if len(data) > MOST_BYTES:
        raise refused("the file", f"It is larger than {MOST_BYTES // 1_000_000} MB. Send a smaller one.")
    try:
        text = data.decode("utf-8-sig")
        _hold_in_bounds(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise refused("the file", "This is not a text in UTF-8. Save it as YAML in UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refused(f"line {line}", f"This is not valid YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise refused("the file", "This is not valid YAML: it holds a character that no text has.") from error
    if not isinstance(root, yaml.MappingNode):
        raise refused("line 1", f"The file must begin with “format: {FORMAT}”.")
    return root


def _hold_in_bounds(text: str) -> None:
    """Refuses what would grow or sink without end when it is read: references, depth, a flood of nodes."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused(_at(event), "References (& and *) are not read. Write the text out.")
        if "\0" in getattr(event, "value", ""):
            raise refused(_at(event), "There is a character here that no text has (\\0). Take it out.")
        if depth > _DEEPEST:
            raise refused(_at(event), "Lists within lists go too deep here. Take them out.")
        if count > _MOST_NODES:
            raise refused(_at(event), "The file has too many parts. Split it.")


def _at(event: Any) -> str:
    return f"line {event.start_mark.line + 1}"


def _parts(root: yaml.MappingNode) -> dict[str, yaml.Node]:
    parts = {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    if double := next(doubles(root, deep=False), None):
        raise refused(place_of(double), f"{double.value} is in the file twice. Keep one of them.")
    given = parts.get("format")
    if given is None or given.value != FORMAT:
        raise refused("line 1", f"The file must begin with “format: {FORMAT}”.")
    for name, value in parts.items():
        if name not in _PARTS:
            raise refused(place_of(value), f"“{name}” has no place here. Take it out.")
    return parts


def _read(node: yaml.Node, place: str, problems: Problems) -> tuple[Ref | None, dict[str, Any]]:
    """Which entry a node is, and its fields; None for one that is none, which is told."""
    if not isinstance(node, yaml.MappingNode):
        problems.add(place, NO_ENTRY)
        return None, {}
    for double in doubles(node):
        problems.add(place_of(double), f"“{double.value}” stands twice in one entry. Keep one of them.")
    fields = plain(node)
    kind, key, language = (fields.pop(name, "") for name in ("entry", "key", "language"))
    if not all(isinstance(name, str) for name in (kind, key, language)) or kind not in set(Kind):
        problems.add(place, NO_ENTRY)
        return None, {}
    ref = Ref(Kind(kind), key, language)
    if wrong := wrong_with(ref):
        problems.add(place, wrong)
        return None, {}
    return ref, fields


def _body(ref: Ref, fields: dict[str, Any], node: yaml.Node, problems: Problems) -> Body | None:
    try:
        return body_of(ref, fields)
    except ValidationError as error:
        for one in error.errors():
            steps = [str(step) for step in one["loc"]]
            problems.add(line_of(node, steps), f"{_named(ref)}, {'.'.join(steps)}: {one['msg']}.")
    except ValueError as error:
        problems.add(place_of(node), f"{_named(ref)}: {error}.")
    return None


def _named(ref: Ref) -> str:
    return " ".join(filter(None, (ref.kind, ref.key, ref.language)))
