"""Logging in and out."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.door.check import check
from bot.desk.door.second_factor import is_secret, new_secret, used_step
from bot.desk.door.way_in import enter, inside, passwords_of, second_factor_page
from bot.desk.forms import given
from bot.desk.session import close_session, for_anybody

PURPOSE: Final = "second factor"  # of the token between the right password and the first code
_LASTS: Final = timedelta(minutes=15)


@for_anybody
async def show(request: Request) -> Response:
    """The form, and in a demonstration the people one can be."""
    return await _form(request, wanted=inside(request.query_params.get("next", "")))


@for_anybody
async def log_in(request: Request) -> Response:
    """Checks, and opens a session; the first time there is a second factor to set up."""
    form = await given(request)
    email, wanted = form.text("email").lower(), inside(form.text("next"))
    desk = desk_of(request)
    verdict = await check(desk, passwords_of(request), email, form.secret("password"), form.text("code"))
    if verdict.worker is None:
        return await _form(request, 401, email=email, wanted=wanted, refused=True)
    if not verdict.new:
        return await enter(request, verdict.worker, wanted)
    token = secrets.token_urlsafe(32)
    async with desk.store.unit() as unit:
        await unit.give_token(token, PURPOSE, verdict.worker.id, desk.clock() + _LASTS)
    return second_factor_page(
        request, "door/second_factor.html", new_secret(), verdict.worker.email, token=token, wrong=False
    )


@for_anybody
async def second_factor(request: Request) -> Response:
    """The first code of a new app. The token is used up only when the code is right."""
    form, desk = await given(request), desk_of(request)
    token, secret = form.text("token"), form.text("secret")
    step = used_step(secret, form.text("code"), 0, desk.clock()) if is_secret(secret) else None
    if step is None:
        secret = secret if is_secret(secret) else new_secret()
        return second_factor_page(request, "door/second_factor.html", secret, status=422, token=token, wrong=True)
    async with desk.store.unit() as unit:
        used = await unit.use_token(token, PURPOSE, desk.clock())
        worker = await unit.worker(used[0]) if used else None
        # Whoever knew the password may have begun before its owner did: the first app that is tied stays.
        known = await unit.credentials(worker.email) if worker and worker.active else None
        worker = known.worker if known and not known.totp else None
        if worker is not None:
            await unit.keep_credentials(worker.id, totp=secret, totp_last=step)
            await unit.audit(worker.id, "set up second factor", worker.id, desk.clock())
    return await enter(request, worker) if worker else await _form(request, 401, refused=True)


@for_anybody
async def log_out(request: Request) -> Response:
    """The session is over, here and in the database."""
    response = RedirectResponse("/desk/log-in", 303)
    await close_session(request, response)
    return response


@for_anybody
async def be_demo(request: Request) -> Response:
    """In a demonstration: comes in as one of its people."""
    desk, worker_id = desk_of(request), request.path_params["worker_id"]
    worker = await desk.store.worker(worker_id) if worker_id in desk.demo else None
    return await enter(request, worker) if worker else RedirectResponse("/desk/log-in", 303)


async def _form(
    request: Request, status: int = 200, *, email: str = "", wanted: str = "", refused: bool = False
) -> Response:
    return page.render(
        request,
        "door/log_in.html",
        status,
        email=email,
        wanted=wanted,
        refused=refused,
        people=await _people(request),
        job=_job,
        # The browser does not show us a strict cookie when somebody comes from another site.
        elsewhere=request.headers.get("sec-fetch-site") == "cross-site" and wanted,
        oidc=desk_of(request).oidc is not None,
    )


def _job(person: Worker) -> str:
    """What somebody is called at the door: their role that may do most."""
    order = (Role.COORDINATOR, Role.REVIEWER, Role.EDITOR, Role.WORKER)
    return next(role for role in order if role in person.roles)


async def _people(request: Request) -> list[Worker]:
    desk = desk_of(request)
    found = [await desk.store.worker(worker_id) for worker_id in desk.demo]
    return [worker for worker in found if worker]
