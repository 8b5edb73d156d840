"""A worker's own password and second factor; both ask for the password first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.core.team import Worker
from bot.desk import page
from bot.desk.account.mine import for_staff
from bot.desk.desk import desk_of
from bot.desk.door.check import count_failure
from bot.desk.door.password import weakness
from bot.desk.door.second_factor import is_secret, new_secret, used_step
from bot.desk.door.way_in import passwords_of, second_factor_page
from bot.desk.forms import Problems, done, given
from bot.desk.session import open_session

_WRONG = "This is not your present password."


@for_staff
async def ask_password(request: Request, _: Worker) -> Response:
    """The form for another password."""
    return page.render(request, "account/password.html", problems=Problems())


@for_staff
async def new_password(request: Request, worker: Worker) -> Response:
    """Keeps another password; the worker's other sessions end."""
    desk, form, problems = desk_of(request), await given(request), Problems()
    password = form.secret("password")
    problems.unless(await _knows(request, worker, form.secret("present")), "present", _WRONG)
    weak = weakness(password, form.secret("repeated"))
    problems.unless(not weak, "password", weak)
    if problems:
        return page.render(request, "account/password.html", 422, problems=problems)
    hashed = await passwords_of(request).hash(password)
    async with desk.store.unit() as unit:
        await unit.keep_credentials(worker.id, password_hash=hashed)
        await unit.end_sessions(worker.id)
        await unit.audit(worker.id, "changed password", worker.id, desk.clock())
    return await _again(request, worker)


@for_staff
async def ask_second_factor(request: Request, worker: Worker) -> Response:
    """A new app to tie to the account."""
    return _app(request, new_secret(), worker, Problems())


@for_staff
async def new_second_factor(request: Request, worker: Worker) -> Response:
    """Keeps the new app, once it has shown a right code; codes of the old one no longer work."""
    desk, form, problems = desk_of(request), await given(request), Problems()
    secret = form.text("secret") if is_secret(form.text("secret")) else new_secret()
    step = used_step(secret, form.text("code"), 0, desk.clock())
    problems.unless(step is not None, "code", "This code is not right.")
    problems.unless(await _knows(request, worker, form.secret("present")), "present", _WRONG)
    if problems:
        return _app(request, secret, worker, problems)
    async with desk.store.unit() as unit:
        await unit.keep_credentials(worker.id, totp=secret, totp_last=step)
        await unit.end_sessions(worker.id)
        await unit.audit(worker.id, "changed second factor", worker.id, desk.clock())
    return await _again(request, worker)


async def _knows(request: Request, worker: Worker, password: str) -> bool:
    """Is it their password? Wrong ones count as failed log-ins: a desk left open is no place to guess."""
    desk = desk_of(request)
    known = await desk.store.credentials(worker.email)
    right = await passwords_of(request).verify(known.password_hash if known else "", password)
    async with desk.store.unit() as unit:
        known, now = await unit.credentials(worker.email), desk.clock()
        if known is None or (known.locked_until and known.locked_until > now):
            return False
        if not right:
            await count_failure(unit, known, now)
    return right


async def _again(request: Request, worker: Worker) -> Response:
    response = done("/desk/account")
    await open_session(request, response, worker)
    return response


def _app(request: Request, secret: str, worker: Worker, problems: Problems) -> Response:
    status, wrong = 422 if problems else 200, bool(problems["code"])
    return second_factor_page(
        request, "account/second_factor.html", secret, worker.email, status, problems=problems, wrong=wrong
    )
