"""What the pages at the door share: the page for a second factor, and where to go once inside."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.team import Role, Worker
from bot.desk import page
from bot.desk.door.password import Passwords
from bot.desk.door.second_factor import address, drawn, grouped
from bot.desk.session import open_session


def passwords_of(request: Request) -> Passwords:
    """What checks passwords here."""
    passwords = request.app.state.passwords
    assert isinstance(passwords, Passwords)  # noqa: S101 - set by routes() alone
    return passwords


async def enter(request: Request, worker: Worker, wanted: str = "") -> Response:
    """Logs in and leads to the page that was asked for."""
    response = RedirectResponse(inside(wanted) or first_page(worker), 303)
    await open_session(request, response, worker)
    return response


def inside(wanted: str) -> str:
    """The address if it is one of the desk's own, else ""."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    return wanted if plain and wanted.startswith("/desk/") else ""


def first_page(worker: Worker) -> str:
    """Where somebody begins: at the cases, if those are theirs to see, else at the content."""
    return "/desk/" if worker.roles & {Role.WORKER, Role.COORDINATOR} else "/desk/content"


def second_factor_page(
    request: Request, template: str, secret: str, name: str = "", status: int = 200, **more: object
) -> Response:
    """A page on which an app is tied to this account: as a picture, and as letters to type over."""
    picture = drawn(address(secret, name))
    return page.render(request, template, status, secret=secret, letters=grouped(secret), picture=picture, **more)
