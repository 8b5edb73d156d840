"""What was recorded when answers were read with people."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.language import LANGUAGES
from bot.core.revision import Reading
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.content.drafts import author_names
from bot.desk.content.entry_names import ANSWER, Names, direction
from bot.desk.desk import Desk, desk_of
from bot.desk.session import for_roles
from bot.desk.words import words


def routes(_: Desk) -> list[Route]:
    """The one page. It comes before those of the answers, whose addresses begin alike."""
    return [Route("/content/read/recorded", recorded)]


@for_roles(Role.WORKER, Role.COORDINATOR, Role.EDITOR, Role.REVIEWER)
async def recorded(request: Request, worker: Worker) -> Response:
    """All that was recorded, answer by answer, the newest first."""
    desk = desk_of(request)
    names, answers = Names(desk.content, worker.language), desk.content.answers
    per: dict[tuple[str, str], list[Reading]] = {}
    for reading in await desk.store.readings():
        per.setdefault((reading.key, reading.language), []).append(reading)
    rows = [(names.topic(key.removeprefix(ANSWER)), key, code, found) for (key, code), found in per.items()]
    return page.render(
        request,
        "content/read_recorded.html",
        tab="read",
        rows=rows,
        there=answers.keys(),
        tongues=LANGUAGES,
        direction=direction,
        people=author_names(await desk.store.workers(), words(worker.language)),
    )
