"""Training a model of what editors taught, comparing it with the live one, and putting it in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.errors import BuurtvraagError, EditError, TrainingFailed
from bot.core.language import LANGUAGES
from bot.core.taught import Model, ModelState
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.lessons.sentences import teller
from bot.desk.content.lessons.teach_view import STATES, VERDICTS, names, percents, reasons, shown
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles
from bot.desk.words import words

ADDRESS: Final = "/desk/content/teach"
_TOLD: Final = frozenset({"promoted", "back"})
_COMPARED: Final = frozenset({ModelState.READY, ModelState.REFUSED, ModelState.FAILED})
_REFRESH: Final = {"HX-Refresh": "true"}  # htmx loads the page anew
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers."""
    del desk
    start, post = "/content/teach", ["POST"]
    return [
        Route(start, show),
        Route(f"{start}/train", train, methods=post),
        Route(f"{start}/progress", progress),
        Route(f"{start}/back", ask_back),
        Route(f"{start}/back", back, methods=post),
        Route(f"{start}/models/{{model_id}}", one),
        Route(f"{start}/models/{{model_id}}/promote", promote, methods=post),
    ]


@_editors
async def show(request: Request, worker: Worker) -> Response:
    """What waits to be learnt, the newest model beside the live one, and all models."""
    return await _page(request, worker)


@_editors
async def train(request: Request, worker: Worker) -> Response:
    """Starts a training."""
    try:
        await desk_of(request).teaching.train(worker)
    except (EditError, TrainingFailed) as error:
        return await _page(request, worker, error)
    return RedirectResponse(ADDRESS, 303)


@_editors
async def progress(request: Request, worker: Worker) -> Response:
    """How far the training is; asks for the whole page once it has ended."""
    training = _in_training(await desk_of(request).teaching.models())
    if training is None:
        return Response(headers=_REFRESH)
    return page.render(request, "content/training.html", training=training, told=teller(worker.language))


@_editors
async def one(request: Request, worker: Worker) -> Response:
    """One model, as it compared with the live one of its day."""
    model = await _model(request)
    return page.render(request, "content/model.html", **await _about(request, worker, model))


@_editors
async def promote(request: Request, worker: Worker) -> Response:
    """The model answers residents from now on."""
    model = await _model(request)
    try:
        await desk_of(request).teaching.promote(worker, model.id)
    except (EditError, TrainingFailed) as error:
        return await _page(request, worker, error)
    return RedirectResponse(f"{ADDRESS}?did=promoted", 303)


@_editors
async def ask_back(request: Request, worker: Worker) -> Response:
    """Is the model before to answer again?"""
    models = await desk_of(request).teaching.models()
    return page.render(request, "content/back.html", **await _about(request, worker, _live(models)))


@_editors
async def back(request: Request, worker: Worker) -> Response:
    """The model that was live before answers again."""
    try:
        await desk_of(request).teaching.back(worker)
    except (EditError, TrainingFailed) as error:
        return await _page(request, worker, error)
    return RedirectResponse(f"{ADDRESS}?did=back", 303)


async def _page(request: Request, worker: Worker, error: BuurtvraagError | None = None) -> Response:
    desk, did = desk_of(request), request.query_params.get("did", "")
    models = await desk.teaching.models()
    newest = next((model for model in models if model.state is not ModelState.TRAINING), None)
    compared = newest if newest and newest.state in _COMPARED else None
    return page.render(
        request,
        "content/teach.html",
        409 if error else 200,
        waiting=await desk.teaching.waiting(),
        training=_in_training(models),
        models=models,
        live=_live(models),
        problems=reasons(error) if error else (),
        did=did if did in _TOLD else "",
        **await _about(request, worker, compared),
    )


async def _about(request: Request, worker: Worker, model: Model | None) -> dict[str, Any]:
    """A model and the words to tell of it; without one only the words."""
    desk = desk_of(request)
    people = {one.id: one.name for one in await desk.store.workers()}
    return {
        "model": model,
        "compared": shown(model.comparison, worker.language) if model else None,
        "states": STATES,
        "verdicts": VERDICTS,
        "people": people,
        "named": names(desk.content, worker.language, words(worker.language)),
        "percent": percents(worker.language),
        "told": teller(worker.language),
        "tongues": LANGUAGES,
        "linked": {*desk.content.topics, *desk.content.meta},
    }


async def _model(request: Request) -> Model:
    wanted = request.path_params["model_id"]
    for model in await desk_of(request).teaching.models():
        if model.id == wanted:
            return model
    raise HTTPException(404)


def _in_training(models: Sequence[Model]) -> Model | None:
    return next((model for model in models if model.state is ModelState.TRAINING), None)


def _live(models: Sequence[Model]) -> Model | None:
    return next((model for model in models if model.state is ModelState.LIVE), None)
