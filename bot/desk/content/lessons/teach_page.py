"""What the pages of teaching show: what waits, a model beside the live one, and all models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.errors import BuurtvraagError
from bot.core.language import LANGUAGES
from bot.core.taught import BY_CLOCK, Model, ModelState
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.lessons.comparison_view import STATES, VERDICTS, percents, shown
from bot.desk.content.lessons.sentences import reasons, teller
from bot.desk.content.lessons.topic_names import names
from bot.desk.desk import desk_of
from bot.desk.words import words
from bot.services.teaching.promotable import has_one_before

CLOCK: Final = "the assistant itself, after an update"  # said by words(), where a person's name stands
_TOLD: Final = frozenset({"promoted", "back"})
_COMPARED: Final = frozenset({ModelState.READY, ModelState.REFUSED, ModelState.FAILED})


async def teach_page(request: Request, worker: Worker, error: BuurtvraagError | None = None) -> Response:
    """All that teaching is about; after something that could not be done, with the reason."""
    desk, did = desk_of(request), request.query_params.get("did", "")
    models = await desk.teaching.models()
    newest = next((model for model in models if model.state is not ModelState.TRAINING), None)
    compared = newest if newest and newest.state in _COMPARED else None
    return page.render(
        request,
        "content/teach.html",
        409 if error else 200,
        waiting=await desk.teaching.waiting(),
        training=in_training(models),
        models=models,
        leavable=leavable(models),
        left=await desk.teaching.left_out(),
        problems=reasons(error) if error else (),
        did=did if did in _TOLD else "",
        **await about_model(request, worker, compared),
    )


async def about_model(request: Request, worker: Worker, model: Model | None) -> dict[str, Any]:
    """A model and the words to tell of it; without one only the words."""
    desk, say = desk_of(request), words(worker.language)
    people = {one.id: one.name for one in await desk.store.workers()} | {BY_CLOCK: say(CLOCK)}
    named = names(desk.content, worker.language, say)
    return {
        "model": model,
        "promotable": model is not None and desk.teaching.may_promote(worker, model),
        "compared": shown(model.comparison, worker.language) if model else None,
        "states": STATES,
        "verdicts": VERDICTS,
        "people": people,
        "named": named,
        "percent": percents(worker.language),
        "told": teller(worker.language, named),
        "tongues": LANGUAGES,
        "linked": {*desk.content.topics, *desk.content.meta},
    }


def in_training(models: Sequence[Model]) -> Model | None:
    """The model that is trained now."""
    return next((model for model in models if model.state is ModelState.TRAINING), None)


def leavable(models: Sequence[Model]) -> Model | None:
    """The live model, if there is one to go back to from it."""
    live = next((model for model in models if model.state is ModelState.LIVE), None)
    return live if live and has_one_before(models, live.base) else None
