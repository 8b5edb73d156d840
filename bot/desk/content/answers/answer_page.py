"""The page of one answer in one language: to read, to write, and to look at while it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES, SOURCE
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.answers.answer_checked import checked
from bot.desk.content.answers.answer_form import Typed, read_form
from bot.desk.content.answers.answer_review import draft_of, review
from bot.desk.content.answers.answer_view import as_kept, facts_of, kept_answer, view_of
from bot.desk.content.answers.answer_words import DID, EFFECT_WORDS, PLACES, labels_of, limits, today, topics_of
from bot.desk.content.answers.findings_view import title_of
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import given
from bot.desk.session import for_roles
from bot.services.checking.check_answer import EFFECTS, MOST_NEXT
from bot.services.editing.sheet import Sheet

ADDRESS: Final = "/content/answers/{key}/{language}"
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)
_KEY: Final = re.compile(r"utter_[a-z0-9_]{1,60}")


def routes(_: Desk) -> list[Route]:
    """Looking at an answer, and at how it comes out while it is written."""
    return [Route(ADDRESS, show), Route(f"{ADDRESS}/preview", look, methods=["POST"])]


@for_editors
async def show(request: Request, worker: Worker) -> Response:
    """The editor's own draft, or the text that is served; with `author` a colleague's draft, to read."""
    desk, ref = desk_of(request), await asked_for(request)
    sheet, author = await desk.editing.sheet(worker, ref), request.query_params.get("author", "")
    if author not in {"", worker.id}:
        draft = draft_of(sheet, author)
        if draft is not None:
            return await review(request, worker, sheet, draft)
        return await edit(request, worker, sheet, as_kept(sheet, desk.content), problems=[DID["gone"]])
    return await edit(request, worker, sheet, as_kept(sheet, desk.content))


@for_editors
async def look(request: Request, worker: Worker) -> Response:
    """The preview and the findings of what stands in the form; nothing is kept."""
    desk, ref = desk_of(request), await asked_for(request)
    sheet = await desk.editing.sheet(worker, ref)
    typed = read_form(await given(request), kept_answer(sheet, desk.content), today(desk))
    answer = typed.answer
    parts = ("text", "simple", *(name.removeprefix("section-") for name in await _sections(request)))
    words = page.fragment(
        request,
        "content/answer_looked.html",
        checked=checked(desk, ref, typed, sheet.current),
        answer=answer,
        parts=parts,
        places=PLACES,
        title_of=title_of,
        limits=limits(parts),
        labels=labels_of(desk.content, worker),
    )
    return HTMLResponse(words)


async def asked_for(request: Request) -> Ref:
    """The answer in the address. Raises HTTPException 404 for a key or language that nothing is said in."""
    key, language = request.path_params["key"], request.path_params["language"]
    desk, ref = desk_of(request), Ref(Kind.ANSWER, key, language)
    if language not in LANGUAGES or not _KEY.fullmatch(key):
        raise HTTPException(404)
    topic, content = key.removeprefix("utter_"), desk.content
    known = (key, SOURCE) in content.answers or (key, language) in content.answers or topic in content.topics
    if not (known or await desk.store.drafts(Ref(Kind.TOPIC, topic)) or await desk.store.drafts(ref)):
        raise HTTPException(404)
    return ref


async def edit(
    request: Request,
    worker: Worker,
    sheet: Sheet,
    typed: Typed,
    *,
    conflict: bool = False,
    problems: Sequence[str] = (),
) -> Response:
    """The page with this in its form, whatever went wrong before."""
    desk, query = desk_of(request), request.query_params
    added, wanted = query.get("section", "")[:40], query.get("picture", "")[:60]
    view = await view_of(desk, worker, sheet, typed, added=added, wanted=wanted, conflict=conflict, problems=problems)
    return page.render(
        request,
        "content/answer.html",
        409 if conflict else 422 if problems else 200,
        view=view,
        checked=view.checked,
        title_of=title_of,
        facts=facts_of(desk.content, typed.answer, view.source),
        limits=limits(("text", "simple", *view.sections)),
        labels=labels_of(desk.content, worker),
        topics=topics_of(desk.content),
        effects={name: EFFECT_WORDS.get(name, name) for name in sorted(EFFECTS | set(typed.answer.effects))},
        added=added,
        wanted=wanted,
        tongues=LANGUAGES,
        places=PLACES,
        today=today(desk).isoformat(),
        most_next=MOST_NEXT,
        did=DID.get(query.get("did", ""), ""),
        written=[code for code in LANGUAGES if (sheet.ref.key, code) in desk.content.answers],
    )


async def _sections(request: Request) -> list[str]:
    return [name for name in (await given(request)).texts if name.startswith("section-")]
