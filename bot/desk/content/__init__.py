"""The room of editors and reviewers: what is said, and what the assistant learns. Paths leave out "/desk"."""

from __future__ import annotations

from starlette.routing import Route

from bot.desk.content import drafts, help_page, history, overview, read_with, recorded
from bot.desk.content.answers import answer_page
from bot.desk.content.entries import danger, entry_page, facts, templates_room, words
from bot.desk.content.exchange import files, guest, translators
from bot.desk.content.lessons import ask, questions, teach, topic_removal, topics
from bot.desk.desk import Desk

PAGES = (
    overview,
    questions,
    drafts,
    history,
    answer_page,
    entry_page,
    facts,
    words,
    danger,
    templates_room,
    topics,
    topic_removal,
    teach,
    ask,
    recorded,
    read_with,
    help_page,
    files,
    translators,
    guest,
)


def routes(desk: Desk) -> list[Route]:
    """All for editors and reviewers; reading with people for workers too, and a page for translators with a link."""
    return [route for pages in PAGES for route in pages.routes(desk)]
