"""A YAML file read into a model: what is wrong in it is told with its line and the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.core.errors import ContentError

Step = str | int
_Model = TypeVar("_Model", bound=BaseModel)


def read(path: Path, model: type[_Model]) -> _Model:
    """The file as this model. Raises ContentError with the file, its line and the reason."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError as error:
        raise ContentError(f"{named(path)}:1", "the file is missing") from error
    except OSError as error:
        raise ContentError(f"{named(path)}:1", f"the file cannot be read ({error.strerror})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{named(path)}:{line}", f"this is not valid YAML: {error.problem}") from error
    try:
        return model.model_validate(raw if raw is not None else {})
    except ValidationError as error:
        first = error.errors()[0]
        at = tuple(part for part in first["loc"] if part != "[key]")
        raise ContentError(where(path, at), f"{'.'.join(map(str, at))}: {first['msg']}") from error


def where(path: Path, at: tuple[Step, ...]) -> str:
    """`file:line` of a key or item, or of the nearest one around it that the file has."""
    known = lines(path)
    line = next((known[at[:n]] for n in range(len(at), 0, -1) if at[:n] in known), 1)
    return f"{named(path)}:{line}"


def named(path: Path) -> str:
    """What a message calls a file: its folder and name."""
    return f"{path.parent.name}/{path.name}"


def lines(path: Path) -> Mapping[tuple[Any, ...], int]:
    """The line (from 1) of every key and list item of a file, by its path."""
    tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return dict(_walk(tree, ())) if tree is not None else {}


def _walk(node: yaml.Node, at: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], int]]:
    below: list[tuple[Any, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        below = [(key.value, key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        below = [(index, value, value) for index, value in enumerate(node.value)]
    for step, mark, value in below:
        yield (*at, step), mark.start_mark.line + 1
        yield from _walk(value, (*at, step))
