"""Which model may be made live, and by whom."""

from __future__ import annotations

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


def may_promote(worker: Worker, model: Model, *, four_eyes: bool) -> bool:
    """Whether it may be they who make it live: where two people must see it, not who began its training."""
    return not four_eyes or model.by != worker.id
