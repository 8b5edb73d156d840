"""Custom actions run in this process: no action server, no network."""

from __future__ import annotations

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """An action endpoint whose requests are function calls into the `actions` package."""

    def __init__(self) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, json: dict[str, Any] | None = None, **_: Any) -> Any:
        """Runs the action that Rasa names and returns its events and responses."""
        return await self._executor.run(json)
