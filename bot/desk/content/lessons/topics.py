"""The topics: what each is called, its answers, and the questions that teach it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.asked import Asked
from bot.core.entry import Kind, Ref
from bot.core.errors import EditError
from bot.core.language import LANGUAGES, Language
from bot.core.normalise import normalise
from bot.core.overview import Mark
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entry_names import Names
from bot.desk.content.lessons.lines import Added, BadLine, add_lines, lines_of
from bot.desk.content.lessons.sentences import teller
from bot.desk.content.lessons.teach_view import KINDS, MARKS, group_name, groups, names, numbers, reasons
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, Problems, given
from bot.desk.session import for_roles
from bot.desk.words import words

ADDRESS: Final = "/desk/content/topics"
_KEY: Final = re.compile(r"[a-z][a-z_]{2,39}")
_FIELD: Final = 4000  # characters of all examples in one field
_TOLD: Final = frozenset({"made", "added"})
_NOTHING: Final = "Type at least one question."
_NO_LABEL: Final = "Give the topic a short name in Dutch."
_BAD_KEY: Final = "A key has 3 to 40 small letters, and _ between words."
_NO_GROUP: Final = "Choose where it stands on the menu."
_NO_KIND: Final = "Choose what kind of question it is."
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class Taught:
    """The examples of one topic in one language. `files` are those found, of `total`; `typed` is kept after errors."""

    language: Language
    files: tuple[str, ...]
    total: int
    taught: tuple[str, ...]
    typed: str = ""
    bad: tuple[BadLine, ...] = ()


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers."""
    del desk
    one, post = "/content/topics/{key}", ["POST"]
    return [
        Route("/content/topics/new", new),
        Route("/content/topics/new", make, methods=post),
        Route(one, show),
        Route(f"{one}/examples", teach, methods=post),
    ]


@_editors
async def new(request: Request, worker: Worker) -> Response:
    """An empty form, with the questions that the address names by their ids."""
    asked = await _asked(desk_of(request), numbers(request.query_params.getlist("id")))
    return _form(request, worker, Given({}), asked, Problems())


@_editors
async def make(request: Request, worker: Worker) -> Response:
    """Makes a topic, files the ticked questions under it and teaches the typed ones."""
    desk, form = desk_of(request), await given(request)
    asked = await _asked(desk, numbers(form.all("offered")))
    problems = _problems(desk, form)
    if not problems:
        key, label = form.text("key"), form.text("label", 40)
        try:
            ref = await desk.teaching.make_topic(worker, key, form.text("group"), form.text("kind"), label)
        except EditError as error:
            problems.unless(False, "form", " ".join(reasons(error)))  # noqa: FBT003
        else:
            return await _furnish(request, worker, ref.key.removeprefix("utter_"), form)
    return _form(request, worker, form, asked, problems)


@_editors
async def show(request: Request, worker: Worker) -> Response:
    """One topic, or another thing that is understood (a meta key)."""
    return await _topic(request, worker, known_key(request))


@_editors
async def teach(request: Request, worker: Worker) -> Response:
    """More examples in one language."""
    desk, form, key = desk_of(request), await given(request), known_key(request)
    code, lines = form.text("language"), lines_of(form.text("examples", _FIELD))
    if code not in LANGUAGES:
        raise HTTPException(404)
    added = Added(0, (BadLine("", _NOTHING),))
    if lines:
        added = await add_lines(desk, worker, key, code, lines)
    if added.bad:
        return await _topic(request, worker, key, {code: added})
    return RedirectResponse(f"{ADDRESS}/{key}?did=added&number={added.number}&language={code}#examples-{code}", 303)


def known_key(request: Request) -> str:
    """The key in the address. Raises HTTPException 404 when nothing is understood by it."""
    key, content = request.path_params["key"], desk_of(request).content
    if key not in content.topics and key not in content.meta:
        raise HTTPException(404)
    return str(key)


async def _furnish(request: Request, worker: Worker, key: str, form: Given) -> Response:
    """What belongs to a topic that was just made; whatever fails is told on its own page."""
    desk, added = desk_of(request), dict[str, Added]()
    problems: tuple[str, ...] = ()
    try:
        if ids := numbers(form.all("id")):
            await desk.teaching.file(worker, ids, key)
    except EditError as error:
        problems = reasons(error)
    for code in LANGUAGES:
        if lines := lines_of(form.text(f"examples-{code}", _FIELD)):
            added[code] = await add_lines(desk, worker, key, code, lines)
    if problems or any(each.bad for each in added.values()):
        return await _topic(request, worker, key, added, problems)
    return RedirectResponse(f"{ADDRESS}/{key}?did=made", 303)


def _problems(desk: Desk, form: Given) -> Problems:
    problems, key = Problems(), form.text("key")
    problems.unless(form.text("label", 40), "label", _NO_LABEL)
    problems.unless(not key or _KEY.fullmatch(key), "key", _BAD_KEY)
    problems.unless(form.text("group") in groups(desk.content), "group", _NO_GROUP)
    problems.unless("kind" in form.texts and form.text("kind") in KINDS, "kind", _NO_KIND)
    return problems


async def _asked(desk: Desk, ids: list[int]) -> list[Asked]:
    """The open ones of these questions."""
    return [each for each in await desk.store.asked() if each.id in set(ids)] if ids else []


def _form(request: Request, worker: Worker, form: Given, asked: list[Asked], problems: Problems) -> Response:
    content = desk_of(request).content
    return page.render(
        request,
        "content/new_topic.html",
        422 if problems else 200,
        form=form,
        asked=asked,
        ticked=numbers(form.all("id")) if form.texts else [each.id for each in asked],
        problems=problems,
        told=teller(worker.language),
        kinds=KINDS,
        groups=[(group, group_name(content, worker.language, group)) for group in groups(content)],
        tongues=LANGUAGES,
        spoken=Names(content, worker.language).tongue,
    )


async def _topic(
    request: Request,
    worker: Worker,
    key: str,
    added: Mapping[str, Added] | None = None,
    problems: tuple[str, ...] = (),
) -> Response:
    desk, query, added = desk_of(request), request.query_params, added or {}
    topic = desk.content.topics.get(key)
    wrong = bool(problems) or any(each.bad for each in added.values())
    return page.render(
        request,
        "content/topic.html",
        422 if wrong else 200,
        key=key,
        topic=topic,
        group=group_name(desk.content, worker.language, topic.group) if topic else "",
        kinds=KINDS,
        name=names(desk.content, worker.language, words(worker.language))(key),
        named=names(desk.content, worker.language, words(worker.language)),
        labels={code: desk.content.labels[code].topics.get(key, "") for code in LANGUAGES},
        answers=await _answers(desk, key),
        marks=MARKS,
        taught=[await _taught(desk, key, code, query.get("q", ""), added.get(code, Added())) for code in LANGUAGES],
        sought=query.get("q", "")[:100],
        added=sum(each.number for each in added.values()),
        problems=problems,
        told=teller(worker.language),
        did=query.get("did", "") if query.get("did") in _TOLD else "",
        number=next(iter(numbers([query.get("number", "")])), 0),
        spoken=Names(desk.content, worker.language).tongue,
    )


async def _answers(desk: Desk, key: str) -> list[tuple[Language, tuple[Mark, ...]]]:
    """What there is to say of the answer in every language, in the order of MARKS."""
    overview = await desk.editing.overview()
    row = next((row for row in overview.rows if row.topic == key), None)
    marks = {cell.ref.language: cell.marks for cell in row.cells} if row else {}
    for code in LANGUAGES:
        there = Ref(Kind.ANSWER, f"utter_{key}", code)
        plain = Mark.PUBLISHED if (there.key, code) in desk.content.answers else Mark.MISSING
        marks.setdefault(code, frozenset({plain}))
    return [(LANGUAGES[code], tuple(mark for mark in MARKS if mark in marks[code])) for code in LANGUAGES]


async def _taught(desk: Desk, key: str, code: str, sought: str, added: Added) -> Taught:
    known = await desk.teaching.examples(key, code)
    wanted = normalise(sought[:100]).split()
    found = tuple(text for text in known.files if all(word in normalise(text) for word in wanted))
    typed = "\n".join(line.text for line in added.bad if line.text)
    return Taught(LANGUAGES[code], found, len(known.files), known.taught, typed, added.bad)
