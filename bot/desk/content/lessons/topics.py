"""The topics that are there: each is shown, and taught more questions."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.language import LANGUAGES
from bot.core.team import Role, Worker
from bot.desk.content.entries.entry_forms import whole
from bot.desk.content.entries.entry_input import ALL
from bot.desk.content.lessons import new_topic
from bot.desk.content.lessons.lines import Added, BadLine, add_lines
from bot.desk.content.lessons.new_topic import ADDRESS
from bot.desk.content.lessons.topic_page import topic_page
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles

_NOTHING: Final = "Type at least one question."
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers."""
    one = "/content/topics/{key}"
    # "new" comes first: else it would be taken for a key.
    return [*new_topic.routes(desk), Route(one, show), Route(f"{one}/examples", teach, methods=["POST"])]


@_editors
async def show(request: Request, worker: Worker) -> Response:
    """One topic, or another thing that is understood (a meta key)."""
    return await topic_page(request, worker, known_key(request))


@_editors
async def teach(request: Request, worker: Worker) -> Response:
    """More examples in one language."""
    desk, form, key = desk_of(request), await whole(request), known_key(request)
    code, typed = form.text("language"), form.text("examples", ALL)
    if code not in LANGUAGES:
        raise HTTPException(404)
    added = Added(0, (BadLine("", _NOTHING),))
    if typed:
        added = await add_lines(desk, worker, key, code, typed)
    if added.bad:
        return await topic_page(request, worker, key, {code: added})
    return RedirectResponse(f"{ADDRESS}/{key}?did=added&number={added.number}&language={code}#examples-{code}", 303)


def known_key(request: Request) -> str:
    """The key in the address. Raises HTTPException 404 when nothing is understood by it."""
    key, content = request.path_params["key"], desk_of(request).content
    if key not in content.topics and key not in content.meta:
        raise HTTPException(404)
    return str(key)
