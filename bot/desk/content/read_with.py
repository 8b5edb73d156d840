"""Reading an answer with somebody: the script of two minutes, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.content import Answer, Content
from bot.core.errors import EditError
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Reading
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.answers.pictograms import words_of
from bot.desk.content.entry_names import ANSWER, Names, direction
from bot.desk.content.reasons_told import reason_told
from bot.desk.content.to_read import to_read
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, Problems, given
from bot.desk.session import for_roles

NO_GROUP: Final = "Say with which group you read. Name nobody."
NO_CHOICE: Final = "Choose whether the text was understood."
LONGEST_GROUP: Final = 80
LONGEST_WORD: Final = 200
for_readers = for_roles(Role.WORKER, Role.COORDINATOR, Role.EDITOR, Role.REVIEWER)


def routes(_: Desk) -> list[Route]:
    """Choosing, and reading."""
    return [
        Route("/content/read", choose),
        Route("/content/read/{key}/{language}", script),
        Route("/content/read/{key}/{language}", record, methods=["POST"]),
    ]


@for_readers
async def choose(request: Request, worker: Worker) -> Response:
    """The answers of one language, those that were never read with anybody first."""
    desk = desk_of(request)
    asked = request.query_params.get("language", "")
    language = asked if asked in LANGUAGES else SOURCE
    rows = to_read(desk.content, await desk.store.readings(), language, Names(desk.content, worker.language))
    return page.render(
        request,
        "content/read.html",
        tab="read",
        rows=rows,
        tongue=LANGUAGES[language],
        tongues=LANGUAGES,
        did="kept" in request.query_params,
    )


@for_readers
async def script(request: Request, worker: Worker) -> Response:
    """One answer, large, with what to say and to ask."""
    return await _script(request, worker, Given({}), Problems())


@for_readers
async def record(request: Request, worker: Worker) -> Response:
    """Keeps what came of it, and goes on to the next answer."""
    desk, answer, form, problems = desk_of(request), _answer(request), await given(request), Problems()
    group, understood = form.text("group", LONGEST_GROUP), form.text("understood")
    problems.unless(group, "group", NO_GROUP)
    problems.unless(understood in {"yes", "no"}, "understood", NO_CHOICE)
    if problems:
        return await _script(request, worker, form, problems)
    word = form.text("word", LONGEST_WORD)
    reading = Reading(answer.key, answer.language, group, understood == "yes", word, worker.id, desk.clock())
    try:
        await desk.editing.read_with(worker, reading)
    except EditError as error:
        problems.unless(False, "form", reason_told(str(error), worker.language))  # noqa: FBT003 - it did not hold
        return await _script(request, worker, form, problems)
    names = Names(desk.content, worker.language)
    rows = to_read(desk.content, await desk.store.readings(), answer.language, names)
    following = next((row.key for row in rows if row.key != answer.key), answer.key)
    kept = urlencode({"kept": answer.key, "group": group})
    return RedirectResponse(f"/desk/content/read/{following}/{answer.language}?{kept}", 303)


async def _script(request: Request, worker: Worker, form: Given, problems: Problems) -> Response:
    desk, answer, query = desk_of(request), _answer(request), request.query_params
    content, names = desk.content, Names(desk.content, worker.language)
    readings = await desk.store.readings()
    return page.render(
        request,
        "content/read_script.html",
        422 if problems else 200,
        tab="read",
        answer=answer,
        title=names.topic(answer.key.removeprefix(ANSWER)),
        text=_said(content, answer),
        tongue=LANGUAGES[answer.language],
        alt=words_of(answer.pictogram, content, answer.language) if answer.pictogram else "",
        groups=sorted({one.group for one in readings}),
        readings=[one for one in readings if (one.key, one.language) == (answer.key, answer.language)],
        group=form.text("group", LONGEST_GROUP) or query.get("group", "")[:LONGEST_GROUP],
        understood=form.text("understood"),
        word=form.text("word", LONGEST_WORD),
        kept=names.topic(query["kept"].removeprefix(ANSWER)) if query.get("kept") else "",
        problems=problems,
        direction=direction,
    )


def _said(content: Content, answer: Answer) -> str:
    """As residents read it. A fact that is missing stays in braces: then nobody reads it to anybody."""
    try:
        return content.filled(answer.text, answer.language)
    except KeyError:
        return answer.text


def _answer(request: Request) -> Answer:
    """Raises HTTPException 404 for a text that is not there."""
    answers: Mapping[tuple[str, str], Answer] = desk_of(request).content.answers
    found = answers.get((request.path_params["key"], request.path_params["language"]))
    if found is None:
        raise HTTPException(404)
    return found
