"""Training a model of what editors taught, comparing it with the live one, and putting it in its place."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.errors import EditError, TrainingFailed
from bot.core.taught import Model
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.lessons.sentences import teller
from bot.desk.content.lessons.teach_page import about_model, in_training, leavable, teach_page
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles

ADDRESS: Final = "/desk/content/teach"
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
    return await teach_page(request, worker)


@_editors
async def train(request: Request, worker: Worker) -> Response:
    """Starts a training."""
    try:
        await desk_of(request).teaching.train(worker)
    except (EditError, TrainingFailed) as error:
        return await teach_page(request, worker, error)
    return RedirectResponse(ADDRESS, 303)


@_editors
async def progress(request: Request, worker: Worker) -> Response:
    """How far the training is; asks for the whole page once it has ended."""
    training = in_training(await desk_of(request).teaching.models())
    if training is None:
        return Response(headers=_REFRESH)
    return page.render(request, "content/training.html", training=training, told=teller(worker.language))


@_editors
async def one(request: Request, worker: Worker) -> Response:
    """One model, as it compared with the live one of its day."""
    model = await _model(request)
    return page.render(request, "content/model.html", **await about_model(request, worker, model))


@_editors
async def promote(request: Request, worker: Worker) -> Response:
    """The model answers residents from now on."""
    model = await _model(request)
    try:
        await desk_of(request).teaching.promote(worker, model.id)
    except (EditError, TrainingFailed) as error:
        return await teach_page(request, worker, error)
    return RedirectResponse(f"{ADDRESS}?did=promoted", 303)


@_editors
async def ask_back(request: Request, worker: Worker) -> Response:
    """Is the model before to answer again?"""
    models = await desk_of(request).teaching.models()
    return page.render(request, "content/back.html", **await about_model(request, worker, leavable(models)))


@_editors
async def back(request: Request, worker: Worker) -> Response:
    """The model that was live before answers again."""
    try:
        await desk_of(request).teaching.back(worker)
    except (EditError, TrainingFailed) as error:
        return await teach_page(request, worker, error)
    return RedirectResponse(f"{ADDRESS}?did=back", 303)


async def _model(request: Request) -> Model:
    wanted = request.path_params["model_id"]
    for model in await desk_of(request).teaching.models():
        if model.id == wanted:
            return model
    raise HTTPException(404)
