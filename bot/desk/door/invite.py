"""A new colleague's first visit, by the link that their coordinator gave them: a password and a second factor."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.desk import page
from bot.desk.desk import desk_of
from bot.desk.door.password import weakness
from bot.desk.door.second_factor import is_secret, new_secret, used_step
from bot.desk.door.way_in import enter, passwords_of, second_factor_page
from bot.desk.forms import given
from bot.desk.session import for_anybody
from bot.services.invite import PURPOSE


@for_anybody
async def show(request: Request) -> Response:
    """The form. Whether the link still works is seen when it is sent: looking does not use it up."""
    return second_factor_page(request, "door/invite.html", new_secret(), problem="", wrong=False)


@for_anybody
async def accept(request: Request) -> Response:
    """Keeps the password and the second factor, and comes in; the link works no second time."""
    form, desk = await given(request), desk_of(request)
    secret, password = form.text("secret"), form.secret("password")
    secret = secret if is_secret(secret) else new_secret()
    problem = weakness(password, form.secret("repeated"))
    step = used_step(secret, form.text("code"), 0, desk.clock())
    if problem or step is None:
        return second_factor_page(request, "door/invite.html", secret, status=422, problem=problem, wrong=step is None)
    hashed = await passwords_of(request).hash(password)
    async with desk.store.unit() as unit:
        used = await unit.use_token(request.path_params["token"], PURPOSE, desk.clock())
        worker = await unit.worker(used[0]) if used else None
        if worker is not None and worker.active:
            await unit.end_sessions(worker.id)
            await unit.keep_credentials(worker.id, password_hash=hashed, totp=secret, totp_last=step)
            await unit.reset_failures(worker.id)
            await unit.audit(worker.id, "accepted invitation", worker.id, desk.clock())
    if worker is None or not worker.active:
        return page.render(request, "door/over.html", 410, invited=True)
    return await enter(request, worker)
