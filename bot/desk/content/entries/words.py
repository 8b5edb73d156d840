"""Hard words with their explanation, and the words of pressure, language by language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES, SOURCE
from bot.core.overlay import PRESSURE_KEY
from bot.core.plain_language import words
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.entries.entry_ref import edit_of
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles

BAD_TERM: Final = "Write one word or a few, without / ? and #."
THERE: Final = "This word is explained already: it stands in the list."
_TERM: Final = re.compile(r"[^\s/?#](?:[^/?#\x00-\x1f]{0,78}[^\s/?#])?")
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class TermRow:
    """One hard word, and in how many answers it stands."""

    term: str
    explanation: str
    uses: int
    href: str


def routes(_: Desk) -> list[Route]:
    """The lists, and the way to a new word."""
    return [Route("/content/words", show), Route("/content/words/new", new)]


@for_editors
async def show(request: Request, _: Worker) -> Response:
    """The words of one language."""
    return _page(request)


@for_editors
async def new(request: Request, _: Worker) -> Response:
    """To the empty page of a word; nothing is kept before somebody saves there."""
    language, term = _language(request), " ".join(request.query_params.get("term", "").split())[:100].lower()
    if not _TERM.fullmatch(term):
        return _page(request, term, BAD_TERM)
    if term in desk_of(request).content.glossary.get(language, {}):
        return _page(request, term, THERE)
    return RedirectResponse(edit_of(Ref(Kind.TERM, term, language)), 303)


def _page(request: Request, term: str = "", error: str = "") -> Response:
    content, language = desk_of(request).content, _language(request)
    return page.render(
        request,
        "content/words.html",
        422 if error else 200,
        tab="words",
        rows=_rows(content, language),
        pressure=content.pressure.get(language),
        pressure_href=edit_of(Ref(Kind.PRESSURE, PRESSURE_KEY, language)),
        tongue=LANGUAGES[language],
        tongues=LANGUAGES,
        term=term,
        error=error,
        topics=content.labels[SOURCE].topics,
    )


def _rows(content: Content, language: str) -> list[TermRow]:
    terms = content.glossary.get(language, {})
    uses = _uses(content, language, terms)
    return [
        TermRow(term, told, uses[term], edit_of(Ref(Kind.TERM, term, language))) for term, told in sorted(terms.items())
    ]


def _uses(content: Content, language: str, terms: Iterable[str]) -> Counter[str]:
    """How many answers of a language have each term: whole words, in a row."""
    wanted = {term: f" {' '.join(words(term.lower()))} " for term in terms}
    found: Counter[str] = Counter()
    for (_, code), answer in content.answers.items():
        if code == language:
            said = " ".join([answer.text, answer.simple, *answer.sections.values()]).lower()
            padded = f" {' '.join(words(said))} "
            found.update(term for term, sought in wanted.items() if sought in padded)
    return found


def _language(request: Request) -> str:
    asked = request.query_params.get("language", "")
    return asked if asked in LANGUAGES else SOURCE
