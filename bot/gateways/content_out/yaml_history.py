"""The part of a YAML document that tells how Dutch answers changed, read in: every problem with its line."""

from __future__ import annotations

import yaml
from pydantic import ValidationError

from bot.core.entry import Kind, Ref
from bot.core.language import SOURCE
from bot.core.source_change import SourceChange
from bot.gateways.content_out.problems import NO_ENTRY, Problems
from bot.gateways.content_out.refs import wrong_with
from bot.gateways.content_out.yaml_nodes import doubles, line_of, place_of, plain
from bot.gateways.written_by_desk import changes_from


def history_in(part: yaml.Node, problems: Problems) -> dict[str, tuple[SourceChange, ...]]:
    """Changes by the key of the answer, oldest first. What is wrong is added to `problems`."""
    if not isinstance(part, yaml.MappingNode):
        problems.add(place_of(part), NO_ENTRY)
        return {}
    for double in doubles(part):
        problems.add(place_of(double), f"“{double.value}” stands twice in one entry. Keep one of them.")
    found = {str(key.value): _changes(str(key.value), value, problems) for key, value in part.value}
    return {key: changes for key, changes in found.items() if changes}


def _changes(key: str, node: yaml.Node, problems: Problems) -> tuple[SourceChange, ...]:
    if wrong := wrong_with(Ref(Kind.ANSWER, key, SOURCE)):
        problems.add(place_of(node), wrong)
        return ()
    try:
        return changes_from(plain(node))
    except ValidationError as error:
        for one in error.errors():
            steps = [str(step) for step in one["loc"]]
            problems.add(line_of(node, steps), f"changes {'.'.join([key, *steps])}: {one['msg']}.")
    return ()
