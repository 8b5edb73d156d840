"""The page of one entry that is no answer: a label, a fact, a danger, a hard word, a card, a ready-made message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.overlay import LABEL_GROUPS, PRESSURE_KEY
from bot.core.revision import Draft
from bot.core.team import Role, Worker
from bot.core.triage import Flag
from bot.desk import page
from bot.desk.content.answers.answer_words import DID as ANSWER_DID
from bot.desk.content.differences import differences
from bot.desk.content.drafts import author_names
from bot.desk.content.entries.danger_words import tried
from bot.desk.content.entries.entry_fields import inputs
from bot.desk.content.entries.entry_forms import TypedEntry, read_entry, whole
from bot.desk.content.entries.entry_rules import rule_name
from bot.desk.content.entries.entry_view import as_kept, check_typed, kept_body, must_look, view_of
from bot.desk.content.entries.fact_uses import uses_of, values_print
from bot.desk.content.entry_names import NO_LANGUAGE, Names, direction, edit_address, history_address
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles
from bot.desk.words import words
from bot.services.editing.sheet import Sheet

ADDRESS: Final = "/content/entries/{kind}/{key}/{language}"
LOOK: Final = "look"  # what `did` says when the texts that name a fact must be looked at
DID: Final = ANSWER_DID | {
    "published": "Published: it is in use from now on.",
    "removed": "Taken away: it is not used any more.",
    LOOK: "Not published yet. Look at every text below as it will be, and publish then.",
}
LONGEST_TRY: Final = 500  # characters of a message that is tried
LONGEST_WHY: Final = 1000  # characters of a reason that is kept while a fact's texts are looked at
TABS: Final = {Kind.FACT: "facts", Kind.FLAG: "danger", Kind.CARD: "danger", Kind.TOPIC: "overview"}
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_TERM: Final = re.compile(r"[^\s/?#](?:[^/?#\x00-\x1f]{0,78}[^\s/?#])?")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_CARD: Final = re.compile(r"[a-z]{2,3}")
_SPOKEN: Final = frozenset({Kind.LABEL, Kind.FLAG, Kind.TERM, Kind.PRESSURE, Kind.EXAMPLES})


def routes(_: Desk) -> list[Route]:
    """Looking at an entry, and at what the rules say while it is written."""
    return [Route(ADDRESS, show), Route(f"{ADDRESS}/preview", look, methods=["POST"])]


@for_editors
async def show(request: Request, worker: Worker) -> Response:
    """The editor's own draft, or what is served; with `author` a colleague's draft, to read."""
    ref, author = asked_for(request), request.query_params.get("author", "")
    if ref.kind is Kind.ANSWER:
        own = "" if author in {"", worker.id} else f"?author={quote(author, safe='')}"
        return RedirectResponse(edit_address(ref) + own, 303)
    desk = desk_of(request)
    sheet = await desk.editing.sheet(worker, ref)
    why = request.query_params.get("why", "")[:LONGEST_WHY]
    if author not in {"", worker.id}:
        return await review(request, worker, sheet, author, why=why)
    return await edit(request, worker, sheet, replace(as_kept(sheet, desk), why=why))


@for_editors
async def look(request: Request, worker: Worker) -> Response:
    """What the rules say of what stands in the form; nothing is kept."""
    desk, ref = desk_of(request), asked_for(request)
    sheet = await desk.editing.sheet(worker, ref)
    typed = read_entry(await whole(request), ref, kept_body(sheet, desk), desk.content)
    checked = check_typed(desk, ref, typed, sheet.current)
    return HTMLResponse(page.fragment(request, "content/entry_looked.html", checked=checked, title_of=rule_name))


def asked_for(request: Request) -> Ref:
    """The entry in the address. Raises HTTPException 404 for what can never be one."""
    given = request.path_params
    if given["kind"] not in set(Kind):
        raise HTTPException(404)
    kind, key = Kind(given["kind"]), str(given["key"])
    language = "" if given["language"] == NO_LANGUAGE else str(given["language"])
    spoken = kind in _SPOKEN or kind is Kind.ANSWER
    if (language in LANGUAGES) != spoken or (language and not spoken) or not _can_be(kind, key, desk_of(request)):
        raise HTTPException(404)
    return Ref(kind, key, language)


def _can_be(kind: Kind, key: str, desk: Desk) -> bool:
    content = desk.content
    match kind:
        case Kind.LABEL:
            group, _, name = key.partition(".")
            return group in LABEL_GROUPS and _NAME.fullmatch(name.replace("-", "_")) is not None
        case Kind.FLAG:
            return key in set(Flag)
        case Kind.TERM:
            return _TERM.fullmatch(key) is not None
        case Kind.PRESSURE:
            return key == PRESSURE_KEY
        case Kind.CARD:
            return _CARD.fullmatch(key) is not None and key not in LANGUAGES
        case Kind.TEMPLATE:
            return _ID.fullmatch(key) is not None
        case Kind.TOPIC | Kind.EXAMPLES:
            return key in content.topics or key in content.meta
        case Kind.FACT:
            return _NAME.fullmatch(key) is not None
        case Kind.ANSWER:
            return _NAME.fullmatch(key.removeprefix("utter_")) is not None


async def edit(
    request: Request,
    worker: Worker,
    sheet: Sheet,
    typed: TypedEntry,
    *,
    conflict: bool = False,
    problems: Sequence[str] = (),
) -> Response:
    """The page with this in its form, whatever went wrong before."""
    desk, query, ref = desk_of(request), request.query_params, sheet.ref
    view = await view_of(desk, worker, sheet, typed, conflict=conflict, problems=problems)
    message = query.get("try", "")[:LONGEST_TRY]
    return page.render(
        request,
        "content/entry.html",
        409 if conflict else 422 if problems or typed.problems else 200,
        tab=TABS.get(ref.kind, "words"),
        view=view,
        checked=view.checked,
        title_of=rule_name,
        address=edit_of(ref),
        history=history_address(ref),
        named=Names(desk.content, worker.language),
        direction=direction,
        did=DID.get(query.get("did", ""), ""),
        looking=query.get("did", "") == LOOK,
        message=message,
        tried=tried(typed.body, message),
    )


async def review(
    request: Request, worker: Worker, sheet: Sheet, author: str, *, why: str = "", problems: Sequence[str] = ()
) -> Response:
    """A colleague's draft: what it changes, and what a reviewer can do with it."""
    desk, draft, ref = desk_of(request), draft_of(sheet, author), sheet.ref
    if draft is None:
        return await edit(request, worker, sheet, as_kept(sheet, desk), problems=[DID["gone"]])
    body = draft.body
    uses = uses_of(desk.editing.uses(ref), ref.key, body, desk.content) if ref.kind is Kind.FACT else []
    message = request.query_params.get("try", "")[:LONGEST_TRY]
    typed = TypedEntry(body or kept_body(sheet, desk), draft.base, draft.version, overrides=draft.overrides)
    names = Names(desk.content, worker.language)
    return page.render(
        request,
        "content/entry_review.html",
        422 if problems else 200,
        tab=TABS.get(ref.kind, "words"),
        entry=names.named(ref),
        sheet=sheet,
        draft=draft,
        body=body,
        author=author_names(await desk.store.workers(), words(worker.language))(author),
        fields=inputs(ref, body, desk.content, worker.language) if body else [],
        changed=differences(sheet.current, body),
        checked=check_typed(desk, ref, typed, sheet.current) if body else None,
        title_of=rule_name,
        address=edit_of(ref),
        named=names,
        direction=direction,
        uses=uses,
        shown=values_print(body),
        new_values=must_look(sheet, body, uses),
        may_review=desk.editing.may_review(worker, ref),
        may_publish=desk.editing.may_publish(worker, draft),
        message=message,
        tried=tried(body, message),
        problems=problems,
        why=why,
    )


def edit_of(ref: Ref) -> str:
    """Where an entry is edited: topics and examples too, whose own page is another one."""
    return f"/desk/content/entries/{ref.kind}/{quote(ref.key, safe='')}/{ref.language or NO_LANGUAGE}"


def draft_of(sheet: Sheet, author: str) -> Draft | None:
    """A colleague's draft of the entry."""
    return next((draft for draft in sheet.others if draft.author == author), None)
