"""What residents asked and got no answer to: filed under a topic, discarded, or made a topic of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.errors import EditError
from bot.core.language import LANGUAGES
from bot.core.normalise import clean
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.lessons.asked_form import mended, numbers
from bot.desk.content.lessons.new_topic import new_topic_page, open_questions
from bot.desk.content.lessons.sentences import reasons, teller
from bot.desk.content.lessons.topic_names import choices, key_named, names
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, Problems, given
from bot.desk.session import for_roles
from bot.desk.words import words

ADDRESS: Final = "/desk/content/questions"
_MOST: Final = 60  # groups on one page
_NONE_TICKED: Final = "Tick at least one question."
_NO_TOPIC: Final = "Choose a topic from the list."
_TOLD: Final = frozenset({"filed", "discarded"})
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers."""
    del desk
    start, post = "/content/questions", ["POST"]
    return [
        Route(start, show),
        Route(f"{start}/file", file, methods=post),
        Route(f"{start}/discard", discard, methods=post),
        Route(f"{start}/new-topic", new_topic, methods=post),
    ]


@_editors
async def show(request: Request, worker: Worker) -> Response:
    """The open questions, those that are alike together."""
    return await _page(request, worker)


@_editors
async def file(request: Request, worker: Worker) -> Response:
    """The ticked questions become examples of a topic, in the words that stand there now."""
    desk, form = desk_of(request), await given(request)
    ids, typed = numbers(form.all("id")), form.text("other")
    key = key_named(desk.content, typed or form.text("topic"))
    if not ids or not key:
        return await _page(request, worker, form, (_NO_TOPIC if ids else _NONE_TICKED,))
    try:
        number = await desk.teaching.file(worker, ids, key, mended(form))
    except EditError as error:
        return await _page(request, worker, form, reasons(error))
    return _did("filed", number, key)


@_editors
async def discard(request: Request, worker: Worker) -> Response:
    """The ticked questions are thrown away."""
    desk, form = desk_of(request), await given(request)
    ids = numbers(form.all("id"))
    if not ids:
        return await _page(request, worker, form, (_NONE_TICKED,))
    try:
        number = await desk.teaching.discard(worker, ids)
    except EditError as error:
        return await _page(request, worker, form, reasons(error))
    return _did("discarded", number)


@_editors
async def new_topic(request: Request, worker: Worker) -> Response:
    """On to the form for a new topic, with the ticked questions."""
    form = await given(request)
    ids = numbers(form.all("id"))
    if not ids:
        return await _page(request, worker, form, (_NONE_TICKED,))
    desk, words_now = desk_of(request), mended(form)
    asked = [one for one in await open_questions(desk, list(words_now)) if one.id in ids]
    if any(clean(words_now[one.id]) != clean(one.text) for one in asked):
        # What was mended is nowhere kept yet, and belongs in no address.
        return new_topic_page(request, worker, form, asked, Problems())
    return RedirectResponse(f"/desk/content/topics/new?{urlencode({'id': ids}, doseq=True)}", 303)


def _did(what: str, number: int, key: str = "") -> Response:
    about = {"topic": key} if key else {}
    return RedirectResponse(f"{ADDRESS}?{urlencode({'did': what, 'number': number} | about)}", 303)


async def _page(
    request: Request, worker: Worker, form: Given | None = None, problems: Collection[str] = ()
) -> Response:
    """The page; after a form that could not be done, with what was ticked and typed."""
    desk, query = desk_of(request), request.query_params
    groups = await desk.teaching.groups()
    name = names(desk.content, worker.language, words(worker.language))
    topic = query.get("topic", "")
    return page.render(
        request,
        "content/questions.html",
        422 if problems else 200,
        groups=groups[:_MOST],
        more=len(groups) - _MOST,
        total=sum(len(group.asked) for group in groups),
        choices=choices(desk.content, name),
        named=name,
        tongues=LANGUAGES,
        problems=problems,
        told=teller(worker.language),
        sent=form.text("group") if form else "",
        ticked=frozenset(numbers(form.all("id"))) if form else frozenset(),
        mended=mended(form) if form else {},
        typed={"other": form.text("other") if form else "", "topic": form.text("topic") if form else ""},
        did=query.get("did", "") if query.get("did") in _TOLD else "",
        number=next(iter(numbers([query.get("number", "")])), 0),
        topic=topic if key_named(desk.content, topic) == topic else "",
    )
