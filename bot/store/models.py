"""Models that were taught at the desk; one at most is live."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, update

from bot.core.taught import Model, ModelState
from bot.store.content_records import model_from, model_values
from bot.store.content_tables import is_live, models
from bot.store.part import Part

_PROMOTING: Final = 0x70726F6D  # the number of a lock; any of our own: "prom"


class ModelRows(Part):
    """See `services.content_ports.ContentReads` and `ContentWrites`."""

    async def models(self) -> list[Model]:
        """All models taught here, newest first."""
        query = select(models).order_by(models.c.at.desc(), models.c.id)
        return [model_from(row) for row in await self._connection.execute(query)]

    async def model(self, model_id: str) -> Model | None:
        """One of them."""
        row = (await self._connection.execute(select(models).where(models.c.id == model_id))).first()
        return model_from(row) if row else None

    async def keep_model(self, model: Model) -> None:
        """A new model or a changed one. One at most is live: keeping one as LIVE makes the one before PAST."""
        if model.state is ModelState.LIVE:
            await self._alone(_PROMOTING)
            before = update(models).where(is_live, models.c.id != model.id)
            await self._connection.execute(before.values(state=ModelState.PAST.value))
        await self._upsert(models, {"id": model.id}, model_values(model))
