"""A team's templates: messages to choose from, in every language that residents have."""

from __future__ import annotations

import uuid
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.core.language import LANGUAGES
from bot.core.team import Team, Template, Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.forms import Given, Problems, done, given
from bot.desk.people.rights import own_team
from bot.desk.people.teams import for_coordinators
from bot.services.case_ports import StaffReads

NEW: Final = "new"  # in an address, in the place of an id
_LONGEST: Final = 2000  # characters of one text


@for_coordinators
async def show(request: Request, worker: Worker) -> Response:
    """The templates of a team; those of all teams can be read, not changed."""
    store = desk_of(request).store
    team = await own_team(request, store, worker)
    found = await store.templates()
    own = [template for template in found if template.team == team.id]
    shared = [template for template in found if not template.team]
    return page.render(request, "people/templates.html", team=team, own=own, shared=shared)


@for_coordinators
async def edit(request: Request, worker: Worker) -> Response:
    """One template, or an empty form for a new one."""
    store = desk_of(request).store
    team = await own_team(request, store, worker)
    return _form(request, team, await _asked(request, store, team), Problems())


@for_coordinators
async def save(request: Request, worker: Worker) -> Response:
    """Keeps a template."""
    desk, form = desk_of(request), await given(request)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        template, problems = read_template(await _asked(request, unit, team), form)
        if not problems:
            await unit.keep_template(template)
            await unit.audit(worker.id, "kept template", template.id, desk.clock())
    return _form(request, team, template, problems) if problems else done(_address(team))


@for_coordinators
async def remove(request: Request, worker: Worker) -> Response:
    """A template that nobody needs."""
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        team = await own_team(request, unit, worker)
        template = await _asked(request, unit, team)
        await unit.remove_template(template.id)
        await unit.audit(worker.id, "removed template", template.id, desk.clock())
    return done(_address(team), "removed")


def read_template(template: Template, form: Given) -> tuple[Template, Problems]:
    """The template as it was filled in, and what is wrong with that."""
    problems, name = Problems(), form.text("name", 100)
    texts = {code: form.text(f"text-{code}", _LONGEST) for code in LANGUAGES}
    problems.unless(name, "name", "Give the template a name.")
    problems.unless(any(texts.values()), "text-nl", "Write the text in at least one language.")
    kept = {code: text for code, text in texts.items() if text}
    return Template(template.id, template.team, name, kept), problems


async def _asked(request: Request, reads: StaffReads, team: Team) -> Template:
    wanted = request.path_params["template_id"]
    if wanted == NEW:
        return Template(uuid.uuid4().hex, team.id, "")
    for template in await reads.templates():
        if template.id == wanted and template.team == team.id:
            return template
    raise HTTPException(404)


def _form(request: Request, team: Team, template: Template, problems: Problems) -> Response:
    return page.render(
        request,
        "people/template.html",
        422 if problems else 200,
        team=team,
        template=template,
        wanted=request.path_params["template_id"],
        tongues=LANGUAGES,
        problems=problems,
    )


def _address(team: Team) -> str:
    return f"/desk/people/teams/{team.id}/templates"
