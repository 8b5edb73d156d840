"""The model that answers now, which can be changed for another while people write."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.core.errors import BuurtvraagError, ModelMissing
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.content_ports import Near
from bot.services.ports import Reply, Understanding


class SwappingDialogue:
    """One trained model behind the Dialogue port; `load` puts another in its place. Raises ModelMissing."""

    def __init__(self, model: Path) -> None:
        self._now = RasaDialogue(model)
        self._loading = asyncio.Lock()

    @property
    def model(self) -> Path:
        """The file of the model that answers now."""
        return self._now.model

    @property
    def keys(self) -> frozenset[str]:
        """Every topic and meta key that it knows."""
        return self._now.keys

    async def load(self, path: Path) -> None:
        """Answers with another model from now on; turns that run are finished by the one they began with.

        Raises ModelMissing when the file holds none: then the one before goes on answering.
        """
        async with self._loading:
            if path != self._now.model:
                self._now = await asyncio.to_thread(_loaded, path)

    async def understand(self, text: str) -> Understanding:
        """See `services.ports.Dialogue`."""
        return await self._now.understand(text)

    async def explain(self, text: str) -> tuple[Understanding, tuple[Near, ...]]:
        """What a text is about, and the examples that are most like it, the nearest first."""
        return await self._now.explain(text)

    async def converse(self, resident: str, snapshot: str, understanding: Understanding) -> Reply:
        """See `services.ports.Dialogue`."""
        return await self._now.converse(resident, snapshot, understanding)

    async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
        """See `services.ports.Dialogue`."""
        return await self._now.choose(resident, snapshot, key)

    async def tell(self, resident: str, snapshot: str, **told: str) -> Reply:
        """See `services.ports.Dialogue`."""
        return await self._now.tell(resident, snapshot, **told)

    def asking(self, snapshot: str) -> str:
        """See `services.ports.Dialogue`."""
        return self._now.asking(snapshot)


def _loaded(model: Path) -> RasaDialogue:
    try:
        return RasaDialogue(model)
    except BuurtvraagError:
        raise
    except Exception as error:
        raise ModelMissing(f"The model {model.name} cannot be read ({type(error).__name__}): train again.") from error
