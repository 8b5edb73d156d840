"""The components of a model run one after the other: the order is found once, where dask finds it at every message."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

from bot.gateways.rasa.sorted_rules import with_sorted_rules


class InOrder(GraphRunner):  # type: ignore[misc]
    """A loaded model's components, ready to run."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema, self._nodes = schema, nodes
        self._order = cache(self._found)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> InOrder:
        """Loads every component."""
        schema = with_sorted_rules(graph_schema)
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in schema.nodes.items()
        }
        return cls(schema, nodes)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What the components named by `targets` make of the inputs. Raises what a component raises."""
        asked = tuple(targets or self._schema.target_names)
        made = dict(inputs or {})
        for name in self._order(asked):
            needs = self._schema.nodes[name].needs.values()
            _, made[name] = self._nodes[name](*((need, made[need]) for need in needs))
        return {name: made[name] for name in asked}

    def _found(self, targets: tuple[str, ...]) -> list[str]:
        """The components that these need, each after what it needs itself."""
        order: list[str] = []
        for target in targets:
            if target in self._nodes:  # else it is an input
                before = self._found(tuple(self._schema.nodes[target].needs.values()))
                order += [name for name in (*before, target) if name not in order]
        return order
