"""Which taught model answers: promoted, taken back, and followed by every process."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog

from bot.core.errors import EditError, ModelMissing
from bot.core.taught import BY_CLOCK, Model, ModelState
from bot.core.team import Worker
from bot.services.editing.newsroom import Newsroom
from bot.services.ports import Unit
from bot.services.teaching.explain import Swapping
from bot.services.teaching.promotable import OWN, may_promote, one_before, promotable
from bot.services.teaching.taught_examples import waiting
from bot.services.teaching.teach_examples import must_teach

log = structlog.get_logger("models")
BASE: Final = "files-"  # begins the id of the row for the model of the project's files alone
GONE: Final = "The file of this model is gone. Train again."
DAMAGED: Final = "The file of this model is damaged. Train again."


class LiveModel:
    """`promote`, `back` and `follow`. `base` is the fingerprint of the project's files; a model on others is outdated.

    `folder` is where the teacher puts models. The `at` of a model becomes the moment when it was promoted: so the one
    before it is the next older one.
    """

    def __init__(self, newsroom: Newsroom, dialogue: Swapping, base: str, folder: Path) -> None:
        self._newsroom, self._dialogue, self._base, self._folder = newsroom, dialogue, base, folder
        self._plain = dialogue.model  # the model of the files
        self._seen: str | None = ""  # the live model that was looked at; None: look again
        self._one_at_a_time = asyncio.Lock()

    async def promote(self, worker: Worker, model_id: str) -> Model:
        """Makes a READY or PAST model live. Raises EditError, with the reason, for any other."""
        must_teach(worker)
        model = self._fit(await self._newsroom.store.model(model_id))
        if not self.may_promote(worker, model):
            raise EditError(OWN)
        await self._try_on(model)
        async with self._newsroom.store.unit() as unit:
            live = await self._promoted(unit, worker.id, self._fit(await unit.model(model_id)))
        await self.follow()
        return live

    def may_promote(self, worker: Worker, model: Model) -> bool:
        """Whether it may be they who make it live: with `four_eyes` not who began its training."""
        return may_promote(worker, model, four_eyes=self._newsroom.four_eyes)

    async def renew(self, model_id: str, left_out: str) -> bool:
        """Makes a READY model live in place of one that was left out; False when that is no longer the live one."""
        await self._try_on(self._fit(await self._newsroom.store.model(model_id)))
        async with self._newsroom.store.unit() as unit:
            _, live = await unit.marks()
            if live != left_out:
                return False
            await self._promoted(unit, BY_CLOCK, self._fit(await unit.model(model_id)))
        await self.follow()
        return True

    async def back(self, worker: Worker) -> Model:
        """Makes the model live that was live before. Raises EditError when there is none."""
        must_teach(worker)
        await self._try_on(self._fit(one_before(await self._newsroom.store.models(), self._base)))
        async with self._newsroom.store.unit() as unit:
            before = self._fit(one_before(await unit.models(), self._base))
            model = await self._made_live(unit, worker.id, before, "went back a model")
        await self.follow()
        return model

    async def follow(self) -> int:
        """Loads what is live, if that changed; 1 when it did. Never raises but StoreError."""
        async with self._one_at_a_time:
            _, live = await self._newsroom.store.marks()
            if live == self._seen:
                return 0
            model = await self._newsroom.store.model(live) if live else None
            path = self._plain
            if model is not None and model.base != self._base:
                log.warning("model of other files left out: train again", model=live)
            elif model is not None:
                path = self._path(model)
            return await self._loaded(live, path)

    async def waiting(self) -> int:
        """How many examples the live model has not learnt."""
        rows = await self._newsroom.store.models()
        live = next((row for row in rows if row.state is ModelState.LIVE and row.base == self._base), None)
        return await waiting(self._newsroom.store, self._newsroom.base, live.revision if live else 0)

    async def _loaded(self, live: str, path: Path) -> int:
        """A file that is missing changes nothing, is logged once, and is looked for again with the next change."""
        self._seen = live
        if path == self._dialogue.model:
            return 0
        try:
            await self._dialogue.load(path)
        except ModelMissing:
            log.error("model missing", model=live, file=path.name)
            return 0
        log.info("model loaded", model=live)
        return 1

    async def _try_on(self, model: Model) -> None:
        """Loads it before anybody hears that it is live, for a file may be cut short. Raises EditError."""
        async with self._one_at_a_time:
            self._seen = None  # should it not become live after all, `follow` loads the other again
            try:
                await self._dialogue.load(self._path(model))
            except ModelMissing as error:
                raise EditError(DAMAGED) from error

    def _fit(self, model: Model | None) -> Model:
        """The model. Raises EditError when it cannot be made live."""
        model = promotable(model, self._base)
        if not self._path(model).is_file():
            raise EditError(GONE)
        return model

    async def _promoted(self, unit: Unit, by: str, model: Model) -> Model:
        await self._keep_way_back(unit, by, model)
        return await self._made_live(unit, by, replace(model, at=self._newsroom.clock()), "promoted a model")

    def _path(self, model: Model) -> Path:
        return self._plain if model.id == BASE + self._base else self._folder / model.file

    async def _keep_way_back(self, unit: Unit, by: str, first: Model) -> None:
        """A row for the model of the files, older than the first that is promoted over it."""
        if await unit.model(BASE + self._base) is None:
            plain = Model(BASE + self._base, self._plain.name, self._base, ModelState.PAST, "", first.at)
            await unit.keep_model(plain)
            await unit.audit(by, "kept the model of the files", plain.id, first.at)

    async def _made_live(self, unit: Unit, by: str, model: Model, what: str) -> Model:
        live, now = replace(model, state=ModelState.LIVE), self._newsroom.clock()
        for before in await unit.models():
            if before.state is ModelState.LIVE:
                await unit.audit(by, "replaced a model", before.id, now)
        await unit.keep_model(live)
        await unit.audit(by, what, live.id, now)
        return live
