"""What is said in danger and by which phrases it is seen: all dangers in all languages, and the emergency cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.content import Content, FlagTexts
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.revision import Draft
from bot.core.team import Role, Worker
from bot.core.triage import Flag, FlagPatterns
from bot.desk import page
from bot.desk.content.entries.entry_ref import edit_of
from bot.desk.content.entry_names import Names, direction
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles

BAD_CODE: Final = "Write the code of a language in two or three small letters: pl."
OURS: Final = "This language has its own texts for danger: it needs no card."
_CODE: Final = re.compile(r"[a-z]{2,3}")
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class FlagCell:
    """One danger in one language. `drafts` are those that wait for somebody."""

    language: str
    texts: FlagTexts | None
    phrases: FlagPatterns | None
    drafts: int
    href: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """The card of one language."""

    code: str
    tongue: str
    text: str
    drafts: int
    href: str


def routes(_: Desk) -> list[Route]:
    """All at a glance, and the way to a new card."""
    return [Route("/content/danger", show), Route("/content/danger/card", card)]


@for_editors
async def show(request: Request, worker: Worker) -> Response:
    """Every danger with its languages, and the cards."""
    return await _page(request, worker)


@for_editors
async def card(request: Request, worker: Worker) -> Response:
    """To the page of a card for a language; nothing is kept before somebody saves there."""
    code = request.query_params.get("code", "").strip().lower()[:10]
    if not _CODE.fullmatch(code):
        return await _page(request, worker, code, BAD_CODE)
    if code in LANGUAGES:
        return await _page(request, worker, code, OURS)
    return RedirectResponse(edit_of(Ref(Kind.CARD, code)), 303)


async def _page(request: Request, worker: Worker, code: str = "", error: str = "") -> Response:
    desk = desk_of(request)
    content, drafts = desk.content, await desk.store.drafts()
    names = Names(content, worker.language)
    return page.render(
        request,
        "content/danger.html",
        422 if error else 200,
        tab="danger",
        flags=[(flag, [_cell(flag, language, content, drafts) for language in LANGUAGES]) for flag in Flag],
        cards=_cards(content, drafts, names),
        code=code,
        error=error,
        tongues=LANGUAGES,
        direction=direction,
        filled=content.filled,
        facts={fact.name: fact.in_language("nl") for fact in content.facts.values()},
    )


def _cell(flag: Flag, language: str, content: Content, drafts: Sequence[Draft]) -> FlagCell:
    ref = Ref(Kind.FLAG, flag.value, language)
    phrases = next((one for one in content.patterns if (one.flag, one.language) == (flag, language)), None)
    return FlagCell(language, content.flags.get((flag, language)), phrases, _waiting(ref, drafts), edit_of(ref))


def _cards(content: Content, drafts: Sequence[Draft], names: Names) -> list[CardRow]:
    begun = {draft.ref.key for draft in drafts if draft.ref.kind is Kind.CARD} - content.cards.keys()
    texts = {**content.cards, **dict.fromkeys(begun, "")}
    rows = []
    for code, text in texts.items():
        ref = Ref(Kind.CARD, code)
        rows.append(CardRow(code, names.tongue(code), text, _waiting(ref, drafts), edit_of(ref)))
    return sorted(rows, key=lambda row: row.tongue)


def _waiting(ref: Ref, drafts: Sequence[Draft]) -> int:
    return sum(draft.ref == ref for draft in drafts)
