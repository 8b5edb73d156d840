"""A topic that is no longer wanted: asked twice, and refused while others link to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Kind, Ref
from bot.core.errors import EditError
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entry_names import Named, Names
from bot.desk.content.lessons.sentences import reasons
from bot.desk.content.lessons.topics import known_key
from bot.desk.content.reasons_told import reason_told
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import done, given
from bot.desk.session import for_roles

_NO_WHY: Final = "Say why: colleagues read it in the history."
_editors: Final = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(desk: Desk) -> list[Route]:
    """For editors and reviewers."""
    del desk
    path = "/content/topics/{key}/remove"
    return [Route(path, ask), Route(path, remove, methods=["POST"])]


@_editors
async def ask(request: Request, worker: Worker) -> Response:
    """Is it really to go? Names what links to it."""
    return _page(request, worker, _topic(request), ())


@_editors
async def remove(request: Request, worker: Worker) -> Response:
    """Takes the topic away, or sends that to a reviewer where two people must see it."""
    ref, why = _topic(request), (await given(request)).text("why", 500)
    if not why:
        return _page(request, worker, ref, (_NO_WHY,))
    try:
        removed = await _removed(desk_of(request), worker, ref, why)
    except EditError as error:
        return _page(request, worker, ref, reasons(error), why)
    return done("/desk/content", "removed") if removed else RedirectResponse("/desk/content/drafts", 303)


async def _removed(desk: Desk, worker: Worker, ref: Ref, why: str) -> bool:
    """Whether it is gone already. Raises EditError; then no draft is left behind that was not there before."""
    sheet, editing = await desk.editing.sheet(worker, ref), desk.editing
    seen = sheet.draft.version if sheet.draft else 0
    draft = await editing.save(worker, ref, None, base=sheet.base, seen=seen, note=why)
    if not editing.may_publish(worker, draft):
        await editing.submit(worker, ref)
        return False
    try:
        await editing.publish(worker, ref, worker.id, why=why)
    except EditError:
        await editing.discard(worker, ref)
        raise
    return True


def _topic(request: Request) -> Ref:
    key = known_key(request)
    if key not in desk_of(request).content.topics:
        raise HTTPException(404)
    return Ref(Kind.TOPIC, key)


def _page(request: Request, worker: Worker, ref: Ref, problems: tuple[str, ...], why: str = "") -> Response:
    desk = desk_of(request)
    names, uses = Names(desk.content, worker.language), desk.editing.uses(ref)
    return page.render(
        request,
        "content/remove_topic.html",
        409 if problems else 200,
        key=ref.key,
        name=names.title(ref),
        answers=_by_name([names.named(use) for use in uses if use.kind is Kind.ANSWER]),
        menus=[names.group(use.key.removeprefix("menu.")) for use in uses if use.kind is Kind.LABEL],
        problems=[reason_told(problem, worker.language, names=names) for problem in problems],
        why=why,
    )


def _by_name(uses: Sequence[Named]) -> Mapping[str, Sequence[Named]]:
    """The answers that need the topic: one name, and under it every language."""
    return {name: [one for one in uses if one.title == name] for name in dict.fromkeys(one.title for one in uses)}
