"""Which model may be made live, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.core.errors import EditError
from bot.core.taught import Model, ModelState
from bot.core.team import Worker

NOT_NOW: Final = {
    ModelState.TRAINING: "This model is still being trained.",
    ModelState.REFUSED: "This model may not be promoted.",
    ModelState.FAILED: "The training of this model failed. Train again.",
    ModelState.LIVE: "This model is live already.",
}
OWN: Final = "You began the training of this model, so somebody else must let it answer. Ask an editor or reviewer."


def promotable(model: Model | None, base: str) -> Model:
    """The model. Raises EditError, with the reason, when it cannot be made live on the files with this fingerprint."""
    if model is None:
        raise EditError("There is no such model. Load the page again.")
    if model.state not in {ModelState.READY, ModelState.PAST}:
        raise EditError(" ".join(part for part in (NOT_NOW[model.state], model.why) if part))
    if model.base != base:
        raise EditError("The program changed since this model was trained. Train again.")
    return model


def one_before(models: Iterable[Model], base: str) -> Model:
    """The model that was live before the live one. Raises EditError when there is none."""
    past = _before(models, base)
    if not past:
        raise EditError("There is no model before this one: it is the model of the files.")
    return max(past, key=lambda row: row.at)


def has_one_before(models: Iterable[Model], base: str) -> bool:
    """Whether there is a model to go back to from the live one."""
    return bool(_before(models, base))


def _before(models: Iterable[Model], base: str) -> list[Model]:
    rows = [row for row in models if row.base == base]
    live = next((row for row in rows if row.state is ModelState.LIVE), None)
    return [row for row in rows if row.state is ModelState.PAST and live is not None and row.at < live.at]


def may_promote(worker: Worker, model: Model, *, four_eyes: bool) -> bool:
    """Whether it may be they who make it live: where two people must see it, not who began its training."""
    return not four_eyes or model.by != worker.id
