"""Asking the assistant as a resident would, to see what it understands and why."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.errors import DialogueError, EditError
from bot.core.language import LANGUAGES
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.lessons.comparison_view import percents
from bot.desk.content.lessons.sentences import reasons, teller
from bot.desk.content.lessons.topic_names import names
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import given
from bot.desk.session import for_roles
from bot.desk.words import words
from bot.services.teaching import Explanation

_LONGEST: Final = 500  # characters of a question
_EMPTY: Final = "Type a question first."
_BROKEN: Final = "The assistant could not read this question. Try again in a minute."
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers: the panel asks with a script, the page without."""
    del desk
    return [Route("/content/ask", show), Route("/content/ask", ask, methods=["POST"])]


@_editors
async def show(request: Request, worker: Worker) -> Response:
    """The page, without a question."""
    return page.render(request, "content/ask.html", **_context(request, worker, "", "nl", None, ()))


@_editors
async def ask(request: Request, worker: Worker) -> Response:
    """What was understood of a question: a part for the panel, or the page."""
    form = await given(request)
    text, code = form.text("question", _LONGEST), form.text("language")
    code = code if code in LANGUAGES else ""
    found, problems = await _explained(desk_of(request), text, code)
    template = "content/ask_answer.html" if request.headers.get("hx-request") else "content/ask.html"
    status = 422 if problems else 200
    return page.render(request, template, status, **_context(request, worker, text, code, found, problems))


async def _explained(desk: Desk, text: str, code: str) -> tuple[Explanation | None, tuple[str, ...]]:
    if not text:
        return None, (_EMPTY,)
    try:
        return await desk.teaching.explain(text, code), ()
    except DialogueError:
        return None, (_BROKEN,)
    except EditError as error:
        return None, reasons(error)


def _context(
    request: Request, worker: Worker, text: str, code: str, found: Explanation | None, problems: tuple[str, ...]
) -> dict[str, Any]:
    content = desk_of(request).content
    sure = {guess.key: guess.confidence for guess in found.ranking} if found else {}
    return {
        "ask_typed": {"text": text, "language": code},
        "found": found,
        "sure": sure.get(found.chosen) if found else None,
        "problems": problems,
        "named": names(content, worker.language, words(worker.language)),
        "topics": content.topics,
        "percent": percents(worker.language),
        "told": teller(worker.language),
        "tongues": LANGUAGES,
    }
