"""The help of the room: what an editor has to know, in two minutes, on one page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.marks import SIGNS, mark_meanings, mark_words
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles
from bot.desk.words import Words, words


def routes(_: Desk) -> list[Route]:
    """The one page."""
    return [Route("/content/help", show)]


@for_roles(Role.EDITOR, Role.REVIEWER)
async def show(request: Request, worker: Worker) -> Response:
    """How a text is changed, what the signs mean, and what every page of the room is for."""
    t = words(worker.language)
    return page.render(
        request,
        "content/help.html",
        tab="help",
        signs=SIGNS,
        marks=mark_words(t),
        meanings=mark_meanings(t),
        pages=pages_told(t),
        unreviewed=desk_of(request).serve_unreviewed,
    )


def pages_told(t: Words) -> tuple[tuple[str, str, str], ...]:
    """Every page of the room: the end of its address, its name, and what it is for in one line."""
    return (
        ("", t("Overview"), t("All texts in all languages, and what waits for somebody.")),
        (
            "/questions",
            t("Questions"),
            t("What residents asked in vain: file it under a topic, or discard it."),
        ),
        ("/drafts", t("Drafts"), t("Texts that are being written, by you and by others.")),
        ("/facts", t("Facts"), t("Numbers, ages, amounts and addresses: changed once, right everywhere.")),
        ("/words", t("Words"), t("Explained hard words, words of pressure, and ready-made messages.")),
        ("/danger", t("Danger"), t("What is said in danger, and the phrases that see it.")),
        ("/teach", t("Teach"), t("Have the assistant learn new questions, compare, and let it answer.")),
        ("/files", t("In and out"), t("All texts as a file, and links for translators without an account.")),
        (
            "/read",
            t("Read with people"),
            t("Read a text to somebody, and write down what they understood."),
        ),
    )
