"""Translators without an account: links for one language and fourteen days, given, listed and taken back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import TranslatorLink
from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, Problems, given
from bot.desk.session import for_roles
from bot.services.editing.editor_rights import link_id
from bot.services.editing.translator_links import end_link, working_links

LASTS: Final = timedelta(days=14)
NO_NAME: Final = "Write who it is for: the editors see it with every text."
NO_LANGUAGE: Final = "Choose a language."
for_editors = for_roles(Role.EDITOR, Role.REVIEWER)


def routes(_: Desk) -> list[Route]:
    """Giving a link, and taking one back."""
    return [
        Route("/content/files/links", give, methods=["POST"]),
        Route("/content/files/links/{link_id}/end", take_back, methods=["POST"]),
    ]


async def links_of(desk: Desk) -> Sequence[TranslatorLink]:
    """The links that work now."""
    return await working_links(desk.store, await desk.store.workers(), desk.clock())


@for_editors
async def give(request: Request, worker: Worker) -> Response:
    """Makes a link and shows it: only its fingerprint is kept, so this is the only time."""
    desk, form, problems = desk_of(request), await given(request), Problems()
    name, language = form.text("name", 100), form.text("language")
    problems.unless(name, "name", NO_NAME)
    problems.unless(language in LANGUAGES and language != SOURCE, "language", NO_LANGUAGE)
    if problems:
        return _asked_again(request, form, problems)
    link = TranslatorLink(link_id(worker.id, secrets.token_hex(10)), language, name, worker.id, desk.clock() + LASTS)
    token = secrets.token_urlsafe(32)
    async with desk.store.unit() as unit:
        await unit.give_translator_link(link, token)
        await unit.audit(worker.id, "gave translator link", f"{link.id} {language}", desk.clock())
    start = desk.public_url or str(request.base_url).rstrip("/").removesuffix("/desk")
    address = f"{start}/desk/translate/{token}"
    return page.render(
        request, "content/translator_link.html", tab="files", link=link, address=address, tongue=LANGUAGES[language]
    )


@for_editors
async def take_back(request: Request, worker: Worker) -> Response:
    """The link works no more; what came by it stays."""
    desk, link_id = desk_of(request), request.path_params["link_id"]
    link = next((one for one in await links_of(desk) if one.id == link_id), None)
    if link is None:
        raise HTTPException(404)
    async with desk.store.unit() as unit:
        await end_link(unit, link, worker.id, desk.clock())
    return RedirectResponse("/desk/content/files?did=ended#translators", 303)


def _asked_again(request: Request, form: Given, problems: Problems) -> Response:
    tongues = {code: each for code, each in LANGUAGES.items() if code != SOURCE}
    return page.render(
        request, "content/translator_form.html", 422, tab="files", form=form, problems=problems, tongues=tongues
    )
