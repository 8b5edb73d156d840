"""The pages on which a text is written and judged, and what follows the typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.core.revision import Draft
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.differences import differences
from bot.desk.content.part_words import part_teller
from bot.desk.content.writing.form_kind import FormKind, begun
from bot.desk.content.writing.typed import Typed, as_kept
from bot.desk.content.writing.writing_view import WritingView, meanwhile_of, names_of
from bot.desk.content.writing.writing_words import NOT_THERE
from bot.desk.desk import desk_of
from bot.services.editing.sheet import Sheet

LONGEST_WHY: Final = 1000  # characters of a reason that an address brings along


async def show(kind: FormKind, request: Request, worker: Worker) -> Response:
    """The editor's own draft, or the text that is served; with `author` a colleague's draft, to read."""
    desk, query = desk_of(request), request.query_params
    sheet = await desk.editing.sheet(worker, await kind.asked_for(request))
    author, why = query.get("author", ""), query.get("why", "")[:LONGEST_WHY]
    if author not in {"", worker.id}:
        return await judge(kind, request, worker, sheet, author, why=why)
    typed = as_kept(sheet, begun(kind, sheet, desk))
    return await edit(kind, request, worker, sheet, replace(typed, why=why))


async def look(kind: FormKind, request: Request, worker: Worker) -> Response:
    """What the rules say of what stands in the form; nothing is kept."""
    desk, ref = desk_of(request), await kind.asked_for(request)
    sheet = await desk.editing.sheet(worker, ref)
    typed = kind.read(await kind.sent(request), ref, begun(kind, sheet, desk), desk)
    told = kind.checked(desk, ref, typed, sheet.current)
    more = kind.while_typing(desk, typed)
    return HTMLResponse(
        page.fragment(request, f"content/{kind.name}_looked.html", checked=told, title_of=kind.title_of, **more)
    )


async def edit(
    kind: FormKind,
    request: Request,
    worker: Worker,
    sheet: Sheet,
    typed: Typed,
    *,
    conflict: bool = False,
    problems: Sequence[str] = (),
) -> Response:
    """The page with this in its form, whatever went wrong before."""
    desk = desk_of(request)
    kept, ref = sheet.draft, sheet.ref
    view = WritingView(
        kind.address_of(ref),
        sheet,
        typed,
        kind.checked(desk, ref, typed, sheet.current),
        await names_of(desk, worker),
        await meanwhile_of(desk, sheet, typed),
        differences(kept.body if kept else None, typed.body) if conflict else None,
        desk.editing.may_review(worker, ref),
        desk.editing.may_publish(worker, kept or Draft(ref, worker.id, typed.body, sheet.base, desk.clock())),
        problems,
    )
    return page.render(
        request,
        f"content/{kind.name}.html",
        409 if conflict else 422 if problems or typed.problems else 200,
        view=view,
        checked=view.checked,
        address=view.address,
        title_of=kind.title_of,
        part_told=part_teller(desk.content, worker.language),
        did=kind.did.get(request.query_params.get("did", ""), ""),
        **await kind.on_page(request, worker, view),
    )


async def judge(
    kind: FormKind,
    request: Request,
    worker: Worker,
    sheet: Sheet,
    author: str,
    *,
    why: str = "",
    problems: Sequence[str] = (),
) -> Response:
    """A colleague's draft: what it changes, and what a reviewer can do with it. The own page, when it is gone."""
    desk, draft = desk_of(request), draft_of(sheet, author)
    typed = replace(as_kept(sheet, begun(kind, sheet, desk)), why=why)
    if draft is None:
        return await edit(kind, request, worker, sheet, typed, problems=[kind.did[NOT_THERE]])
    read = Typed(draft.body or typed.body, draft.base, draft.version, draft.change, overrides=draft.overrides)
    return page.render(
        request,
        f"content/{kind.name}_review.html",
        422 if problems else 200,
        sheet=sheet,
        draft=draft,
        body=draft.body,
        author=(await names_of(desk, worker))(author),
        changed=differences(sheet.current, draft.body),
        checked=kind.checked(desk, sheet.ref, read, sheet.current) if draft.body else None,
        address=kind.address_of(sheet.ref),
        title_of=kind.title_of,
        part_told=part_teller(desk.content, worker.language),
        may_review=desk.editing.may_review(worker, sheet.ref),
        may_publish=desk.editing.may_publish(worker, draft),
        problems=problems,
        why=why,
        **kind.on_review(request, worker, sheet, draft),
    )


def draft_of(sheet: Sheet, author: str) -> Draft | None:
    """A colleague's draft, while there is one."""
    return next((draft for draft in sheet.others if draft.author == author), None)
