"""Ready-made messages that social workers of all teams can send."""

from __future__ import annotations

import uuid
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entries.entry_ref import edit_of
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles

NO_NAME: Final = "a message without a name yet"
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(_: Desk) -> list[Route]:
    """The list, and the way to a new one."""
    return [Route("/content/templates", show), Route("/content/templates/new", new)]


@for_editors
async def show(request: Request, _: Worker) -> Response:
    """All that were written here, and drafts of new ones."""
    desk = desk_of(request)
    ready = desk.content.ready
    begun = {one.ref.key for one in await desk.store.drafts() if one.ref.kind is Kind.TEMPLATE} - ready.keys()
    rows = [(name, sorted(texts), edit_of(Ref(Kind.TEMPLATE, key)), False) for key, (name, texts) in ready.items()]
    rows += [(NO_NAME, [], edit_of(Ref(Kind.TEMPLATE, key)), True) for key in sorted(begun)]
    return page.render(request, "content/templates.html", tab="words", rows=rows, tongues=LANGUAGES)


@for_editors
async def new(_: Request, __: Worker) -> Response:
    """To an empty page; nothing is kept before somebody saves there."""
    return RedirectResponse(edit_of(Ref(Kind.TEMPLATE, uuid.uuid4().hex)), 303)
