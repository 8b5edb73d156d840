"""All facts: what they say, where that stands, and how many texts use them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.content import Fact
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entries.entry_ref import edit_of
from bot.desk.content.entries.fact_uses import use_counts
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles

BAD_NAME: Final = "Use small English letters, digits and _ for the name: flu_jab_age."
THERE: Final = "There is a fact of this name already: it stands in the list."
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact on the list; `values` are (language, value), the language "" for all of them."""

    fact: Fact
    values: tuple[tuple[str, str], ...]
    uses: int
    href: str


def routes(_: Desk) -> list[Route]:
    """The list, and the way to a new one."""
    return [Route("/content/facts", show), Route("/content/facts/new", new)]


@for_editors
async def show(request: Request, _: Worker) -> Response:
    """All facts by name; made up ones are marked."""
    return _page(request)


@for_editors
async def new(request: Request, _: Worker) -> Response:
    """To the empty page of a fact with this name; nothing is kept before somebody saves there."""
    name = request.query_params.get("name", "").strip()[:60]
    if not _NAME.fullmatch(name):
        return _page(request, name, BAD_NAME)
    if name in desk_of(request).content.facts:
        return _page(request, name, THERE)
    return RedirectResponse(edit_of(Ref(Kind.FACT, name)), 303)


def _page(request: Request, name: str = "", error: str = "") -> Response:
    content = desk_of(request).content
    uses = use_counts(content)
    rows = [
        FactRow(fact, tuple(fact.values.items()), uses[fact.name], edit_of(Ref(Kind.FACT, fact.name)))
        for fact in sorted(content.facts.values(), key=lambda each: (each.demo, each.name))
    ]
    status = 422 if error else 200
    return page.render(
        request, "content/facts.html", status, tab="facts", rows=rows, name=name, error=error, tongues=LANGUAGES
    )
