"""A new topic: its name, its place, and the questions that teach it. Its answer is written next."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.asked import Asked
from bot.core.errors import EditError
from bot.core.language import LANGUAGES
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entries.entry_forms import whole
from bot.desk.content.entries.entry_input import ALL
from bot.desk.content.entry_names import Names
from bot.desk.content.lessons.asked_form import mended, numbers
from bot.desk.content.lessons.lines import Added, add_lines
from bot.desk.content.lessons.sentences import reasons, teller
from bot.desk.content.lessons.topic_names import groups
from bot.desk.content.lessons.topic_page import KINDS, topic_page
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, Problems
from bot.desk.session import for_roles

ADDRESS: Final = "/desk/content/topics"
_KEY: Final = re.compile(r"[a-z][a-z_]{2,39}")
_NO_LABEL: Final = "Give the topic a short name in Dutch."
_BAD_KEY: Final = "A key has 3 to 40 small letters, and _ between words."
_NO_GROUP: Final = "Choose where it stands on the menu."
_NO_KIND: Final = "Choose what kind of question it is."
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers."""
    del desk
    path = "/content/topics/new"
    return [Route(path, new), Route(path, make, methods=["POST"])]


@_editors
async def new(request: Request, worker: Worker) -> Response:
    """An empty form, with the questions that the address names by their ids."""
    asked = await open_questions(desk_of(request), numbers(request.query_params.getlist("id")))
    return new_topic_page(request, worker, Given({}), asked, Problems())


@_editors
async def make(request: Request, worker: Worker) -> Response:
    """Makes a topic, files the ticked questions under it and teaches the typed ones."""
    desk, form = desk_of(request), await whole(request)
    asked = await open_questions(desk, numbers(form.all("offered")))
    problems = _problems(desk, form)
    if not problems:
        key, label = form.text("key"), form.text("label", 40)
        try:
            ref = await desk.teaching.make_topic(worker, key, form.text("group"), form.text("kind"), label)
        except EditError as error:
            problems.unless(False, "form", " ".join(reasons(error)))  # noqa: FBT003
        else:
            return await _furnish(request, worker, ref.key.removeprefix("utter_"), form)
    return new_topic_page(request, worker, form, asked, problems)


async def _furnish(request: Request, worker: Worker, key: str, form: Given) -> Response:
    """What belongs to a topic that was just made; whatever fails is told on its own page."""
    desk, added = desk_of(request), dict[str, Added]()
    problems: tuple[str, ...] = ()
    try:
        if ids := numbers(form.all("id")):
            await desk.teaching.file(worker, ids, key, mended(form))
    except EditError as error:
        problems = reasons(error)
    for code in LANGUAGES:
        if typed := form.text(f"examples-{code}", ALL):
            added[code] = await add_lines(desk, worker, key, code, typed)
    if problems or any(each.bad for each in added.values()):
        return await topic_page(request, worker, key, added, problems)
    return RedirectResponse(f"{ADDRESS}/{key}?did=made", 303)


def _problems(desk: Desk, form: Given) -> Problems:
    problems, key = Problems(), form.text("key")
    problems.unless(form.text("label", 40), "label", _NO_LABEL)
    problems.unless(not key or _KEY.fullmatch(key), "key", _BAD_KEY)
    problems.unless(form.text("group") in groups(desk.content), "group", _NO_GROUP)
    problems.unless("kind" in form.texts and form.text("kind") in KINDS, "kind", _NO_KIND)
    return problems


async def open_questions(desk: Desk, ids: list[int]) -> list[Asked]:
    """The open ones of these questions."""
    return [each for each in await desk.store.asked() if each.id in set(ids)] if ids else []


def new_topic_page(request: Request, worker: Worker, form: Given, asked: list[Asked], problems: Problems) -> Response:
    """The form, with what was filled in and ticked."""
    content = desk_of(request).content
    spoken = Names(content, worker.language)
    return page.render(
        request,
        "content/new_topic.html",
        422 if problems else 200,
        form=form,
        asked=asked,
        mended=mended(form),
        ticked=numbers(form.all("id")) if form.texts else [each.id for each in asked],
        problems=problems,
        told=teller(worker.language),
        kinds=KINDS,
        groups=[(group, spoken.group(group)) for group in groups(content)],
        tongues=LANGUAGES,
        spoken=spoken.tongue,
    )
