"""The people of a coordinator's teams: who they are, and the link by which they first come in."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.core.content import Topic
from bot.core.language import LANGUAGES
from bot.core.team import Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import Problems, done, given
from bot.desk.people.rights import colleague_of, leading, locks_out, manages, own, own_worker
from bot.desk.people.teams import for_coordinators
from bot.desk.people.worker_form import read_worker
from bot.services.invite import LASTS, PURPOSE
from bot.services.ports import Unit

_KNOWN: Final = "Somebody with this e-mail address works here already."


@for_coordinators
async def ask(request: Request, worker: Worker) -> Response:
    """An empty form for a new colleague."""
    led = leading(worker, await desk_of(request).store.teams())
    return await _form(request, worker, _nobody(led), Problems(), new=True)


@for_coordinators
async def invite(request: Request, worker: Worker) -> Response:
    """Makes the colleague, and shows the link for them: it is not kept, so this is the only time."""
    desk, form = desk_of(request), await given(request)
    async with desk.store.unit() as unit:
        led = leading(worker, await unit.teams())
        made, problems = read_worker(_nobody(led), form, led, _topics(request))
        problems.unless(not await _taken(unit, made), "email", _KNOWN)
        if not problems:
            await unit.keep_worker(made)
            await unit.audit(worker.id, "invited", made.id, desk.clock())
            token = await _give_link(request, unit, made)
    if problems:
        return await _form(request, worker, made, problems, new=True)
    return _link(request, made, token)


@for_coordinators
async def show(request: Request, worker: Worker) -> Response:
    """One colleague."""
    colleague = await colleague_of(request, desk_of(request).store, worker)
    return await _form(request, worker, colleague, Problems())


@for_coordinators
async def save(request: Request, worker: Worker) -> Response:
    """Keeps what was changed about a colleague."""
    desk, form = desk_of(request), await given(request)
    async with desk.store.unit() as unit:
        colleague = await own_worker(request, unit, worker)
        led = leading(worker, await unit.teams())
        changed, problems = read_worker(colleague, form, led, _topics(request))
        problems.unless(not await _taken(unit, changed), "email", _KNOWN)
        if not problems:
            await unit.keep_worker(changed)
            await unit.audit(worker.id, "changed worker", changed.id, desk.clock())
    return await _form(request, worker, changed, problems) if problems else done("/desk/people")


@for_coordinators
async def teams(request: Request, worker: Worker) -> Response:
    """In which of the coordinator's teams somebody is who also works for others."""
    desk, wanted = desk_of(request), (await given(request)).all("team")
    async with desk.store.unit() as unit:
        colleague = await colleague_of(request, unit, worker)
        led = leading(worker, await unit.teams())
        others = [team for team in colleague.teams if team not in led.teams]
        changed = replace(colleague, teams=(*(team for team in led.teams if team in wanted), *others))
        if not changed.teams or locks_out(led, changed):
            return done("/desk/people", "locked-out")
        await unit.keep_worker(changed)
        await unit.audit(worker.id, "changed teams", changed.id, desk.clock())
    return done("/desk/people")


@for_coordinators
async def new_link(request: Request, worker: Worker) -> Response:
    """A link for a new password and second factor. Until it is used the old ones work."""
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        colleague = await own_worker(request, unit, worker)
        await unit.audit(worker.id, "gave new link", colleague.id, desk.clock())
        token = await _give_link(request, unit, colleague)
    return _link(request, colleague, token)


async def _give_link(request: Request, unit: Unit, colleague: Worker) -> str:
    token = secrets.token_urlsafe(32)
    await unit.give_token(token, PURPOSE, colleague.id, desk_of(request).clock() + LASTS)
    return token


def _link(request: Request, colleague: Worker, token: str) -> Response:
    start = desk_of(request).public_url or str(request.base_url).rstrip("/").removesuffix("/desk")
    return page.render(request, "people/link.html", colleague=colleague, link=f"{start}/desk/invite/{token}")


async def _taken(unit: Unit, worker: Worker) -> bool:
    found = await unit.credentials(worker.email)
    return found is not None and found.worker.id != worker.id


def _nobody(coordinator: Worker) -> Worker:
    """Where the form of a new colleague begins."""
    return Worker(uuid.uuid4().hex, "", "", teams=coordinator.teams[:1])


def _topics(request: Request) -> tuple[str, ...]:
    return tuple(desk_of(request).content.topics)


def _grouped(topics: Iterable[Topic]) -> dict[str, list[str]]:
    """Group → its topics, as they are in the texts."""
    groups: dict[str, list[str]] = {}
    for topic in topics:
        groups.setdefault(topic.group, []).append(topic.key)
    return groups


async def _form(
    request: Request, worker: Worker, colleague: Worker, problems: Problems, *, new: bool = False
) -> Response:
    desk = desk_of(request)
    return page.render(
        request,
        "people/worker.html",
        422 if problems else 200,
        colleague=colleague,
        new=new,
        whole=new or manages(worker, colleague),
        teams=own(worker, await desk.store.teams()),
        tongues=LANGUAGES,
        other=" ".join(code for code in colleague.languages if code not in LANGUAGES),
        groups=_grouped(desk.content.topics.values()),
        labels=desk.content.labels.get(worker.language) or desk.content.labels["nl"],
        now=desk.clock(),
        problems=problems,
    )
